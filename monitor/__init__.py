"""Remembers and keeps going: store, cycle, schedule, web and command line.

The only floor with a database, a clock and a port.
"""
