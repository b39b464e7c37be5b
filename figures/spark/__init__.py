"""From one laptop to the archive: the same reading and comparing, spread over machines by Spark.

``session.py`` is the door to Spark and the only module that imports it at once; importing this package does not.
Reading goes article by article, comparing over buckets of figures that can bear on one another (``buckets.py``); what
runs in a worker is the very functions that run on a laptop, and the outcome is the same row for row.
"""
