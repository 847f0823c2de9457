"""`nakoming demo`: the seed letter's real history, replayed through the real pipeline over loopback.

The clock jumps. A stage (`stage`) speaks the real formats of the sources; the schedule polls, matches, reviews and
delivers as it always does, and what comes out is computed. The facts are data (``seeds/history.toml``); no rule knows
this letter.
"""
