"""The rules of issuing: states, office in charge, preflight. Stdlib and failures only."""
