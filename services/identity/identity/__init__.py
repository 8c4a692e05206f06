"""People, organisations, numbering and log-in.

This service alone knows ID numbers (encrypted, found by a keyed blind index) and passwords, gives
each person the one certificate management number for life, keeps the tree of organisations and
who administers what in it, confirms through employers who works where, and signs the access
tokens that every other service trusts. Others learn of people and organisations by its events,
which carry no ID number, and may ask only ``/internal/resolve``.
"""
