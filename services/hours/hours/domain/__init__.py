"""The rules of the field as plain values and pure functions: no database, no network, no clock."""
