"""Every named peer beside us in one run; see benchmarks/README.md."""
