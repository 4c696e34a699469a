"""Screens an application: what it claims, held against what its documents show. The panel decides."""
