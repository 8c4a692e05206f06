"""How Yuzheng is installed and run."""
