"""Test support shared by every level: the stack's real servers, and facts to test with.

Imported by tests only. Explicit over random: a fixture says what it makes.
"""
