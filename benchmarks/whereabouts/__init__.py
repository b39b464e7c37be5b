"""The table that tells in which countries a place of some name lies."""
