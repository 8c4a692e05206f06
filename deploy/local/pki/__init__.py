"""The test PKI of the local stack: authorities, timestamps, revocation, and the bureaus' seals.

`python -m deploy.local.pki.create` makes it, `python -m deploy.local.pki.serve` serves it; README.md here
says what there is and where. Every key is made at set-up and none is in the repository.
"""
