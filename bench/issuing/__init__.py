"""Parts of the measurement of issuing (bench/issuance.py)."""
