"""What the places of words tell: lines, columns, tables, and over the whole document furniture and headings."""
