"""Editable data that a fresh installation starts from: the seed letter, the recess calendar, the catalogue of sources.

A package only so that `importlib.resources` finds the files from a wheel and from a checkout alike.
"""
