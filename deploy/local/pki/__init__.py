"""The test PKI of the local stack: authorities, timestamps, revocation, and the bureaus' seals.

`python -m deploy.local.pki.create` makes it and `python -m deploy.local.pki.serve` serves it;
README.md here says what there is and where. Every key is made at set-up, none is in the repository.
"""
