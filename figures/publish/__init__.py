"""What people are shown: charts, the report, files in the formats their tools read.

Charts are Vega-Lite specifications kept as plain data, so report, page and notebook draw the same picture.
"""
