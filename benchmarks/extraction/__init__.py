"""How fast articles are read, beside other readers of quantities; see benchmarks/README.md."""
