"""Pictures and PDFs: pages of sources copied or shown, quotes marked on them, pages of our own beside them."""
