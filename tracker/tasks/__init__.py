"""What a user can ask, as plain functions returning frozen results."""
