"""PDF: pages of text with the place of every word."""
