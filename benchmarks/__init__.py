"""Measurements: ours next to its peers, in one run. One module for each question; nothing here ships in the package."""
