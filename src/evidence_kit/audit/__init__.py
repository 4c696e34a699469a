"""Many organisations over several years: inventory, evidence maps, one dataset over all, and what may be said of it."""
