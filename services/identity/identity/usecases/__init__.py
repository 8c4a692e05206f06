"""What identity does, one module per verb. A use case runs in the caller's transaction."""
