"""What bench/checks.py is made of: the servers it compares, the load it sends, what it counts."""
