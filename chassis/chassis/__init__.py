"""Machinery that every service uses: transport, persistence, identity of callers, telemetry.

Owns how things are done (one transaction per request, events through an outbox, problems as
RFC 9457 documents) and no word of what is done: no domain noun belongs here, and nothing here
imports a service. A piece enters when two services need it today.
"""
