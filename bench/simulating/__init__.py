"""A day of the whole platform as a discrete-event simulation (bench/capacity.py)."""
