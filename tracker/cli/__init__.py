"""The command line: parses, calls one task, renders."""
