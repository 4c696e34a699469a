"""Text recognition: from pictures of pages to pages."""
