"""What can go wrong with the stack, said in one line that names the remedy."""


class StackError(Exception):
    """A fact about this machine or this stack that a person has to act on."""
