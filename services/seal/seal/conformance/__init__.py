"""The conformance suite: what a seal service must do, asked of any service over HTTP.

It knows the interface and nothing of our implementation, so that a bureau may run it against a
product of its own. ``core`` is what sealing needs; ``full`` is what makes it safe to operate:
login, resending, log, limits. Everything it has signed is a digest of a sentence that says it is
no certificate, under a request key that begins with ``canary-``.
"""
