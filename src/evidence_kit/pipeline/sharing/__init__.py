"""What may leave the organisation: the check before, and what is written after."""
