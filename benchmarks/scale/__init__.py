"""A store of any size with conflicts that are known beforehand: what every answer costs, and whether all are found."""
