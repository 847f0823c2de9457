"""What it means: promises, terms, matches and judgements.

Pure: no I/O, no clock, no state. `now` and `today` are arguments, data comes in as nouns.
"""
