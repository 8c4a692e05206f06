"""The servers of the stack, each private to this checkout."""
