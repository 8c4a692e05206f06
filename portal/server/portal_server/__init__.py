"""The process behind the gateway's `/`: the built portal, with the headers that keep it safe.

Beside the files it alone shows operators the dashboards: the committed JSON and what Prometheus
answers to the queries in it, never to a query that came from a browser.
"""
