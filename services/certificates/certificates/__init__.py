"""Certificates: rendering, sealing and publishing of the yearly certificates.

This service alone decides that a certificate exists, renders it, has it sealed by the office in
charge, and says which version of it is valid. Its worker alone may call the seal services.
"""
