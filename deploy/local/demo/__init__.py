"""The main job done once for real, through the gateway only.

The same actors drive the end-to-end tests: `Gateway` speaks HTTP as a person would, `Observer`
watches the bus so that nothing ever sleeps, `Province` sets the offices up, `People` live a year.
"""
