"""A seal service that misbehaves on demand: what a bureau's service can do to us, made repeatable.

A real HTTP process with a throw-away key in memory, no database and no token. It speaks the same
API as the real service, passes its conformance suite while no fault is set, and refuses to start
with production settings; its certificate says 测试.
"""
