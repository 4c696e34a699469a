"""Which passages bear on which criterion."""
