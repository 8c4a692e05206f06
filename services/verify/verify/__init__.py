"""Public verification: tells anybody who holds a certificate's QR code how it stands.

Owns only copies: what it knows of certificates, seals and offices comes by event and can be thrown
away and rebuilt. It answers while every other service is down, says up to which instant its answer
is complete, and says "could not check" rather than anything it cannot stand behind.
"""
