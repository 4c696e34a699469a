"""What a passage says: words, concepts, dates, quantities, people, stance and the acts they make (spaCy lives here)."""
