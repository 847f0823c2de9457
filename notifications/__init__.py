"""Putting it into words: messages, digests and feeds, and the channels that carry them.

Knows nothing of storage or schedules; the outbox that survives death is the monitor's.
"""
