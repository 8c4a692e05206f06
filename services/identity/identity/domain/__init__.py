"""The rules of identity, without a database or a network."""
