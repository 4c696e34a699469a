"""Files of plain characters: Markdown, plain text, captions of meetings."""
