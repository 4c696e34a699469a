"""The command line: parsing, messages, exit codes. Every command has a library twin."""
