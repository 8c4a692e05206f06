"""What people come to do, one module per verb; each runs in the transaction it is given."""
