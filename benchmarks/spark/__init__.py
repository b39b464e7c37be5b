"""Spark against one laptop: the same articles read and compared both ways; see benchmarks/README.md."""
