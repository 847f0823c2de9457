"""What holds for every test: generated examples are the same on every machine and no example is timed."""

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.load_profile("repeatable")
