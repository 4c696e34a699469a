"""The framework as data: criteria, elements, levels, and the loader that reads them from YAML."""
