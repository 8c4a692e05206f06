"""The whole system as local processes: no container engine, nothing outside 127.0.0.1.

Everything that the stack writes lies in one state directory (`.local/`), every port is in
`ports.env`, and a server that the machine already runs is never touched.
"""
