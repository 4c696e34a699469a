"""Readers: one module a format, from bytes to pages of text and blocks; nothing here imports `language`."""
