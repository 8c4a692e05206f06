"""A bureau's own seal service: holds the bureau's key and signs digests with it, nothing else.

It never sees a certificate, a name or a number: only digests come in and only signatures go out,
over the Cloud Signature Consortium API. The private key never leaves the PKCS#11 token, every
signature is verified before it is handed out, and none is handed out before it stands in the
append-only log. Each bureau runs its own copy, or brings another service with the same API.
"""
