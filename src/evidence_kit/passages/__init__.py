"""From pages to papers, profiles and passages."""
