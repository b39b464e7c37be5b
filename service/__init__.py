"""The HTTP service, above everything else."""
