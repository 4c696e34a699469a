"""Text documents: Word and OpenDocument."""
