"""Hours: what was learned, who confirmed it, and whether the year's duty is met.

This service alone accepts claims with their evidence, decides them in two steps (employer, then
bureau), keeps the requirement rules as versioned data, and judges each person's year. It tells
the rest by events: a completed year becomes a certificate elsewhere, never here. People,
organisations and affiliations are copies kept from events; their owner is another service.
"""
