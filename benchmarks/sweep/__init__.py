"""Comparing at scale: the gate and sweep over a synthetic table, beside Polars doing the same on one thread."""
