"""Drills: what the runbooks say, done for real on the running stack, with a log of what was seen.

`make drill` runs them. They use the servers' own tools and the services' own commands, never a
way that operators have not got.
"""
