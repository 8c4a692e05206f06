"""The HTTP face of identity, one module of routes per audience."""
