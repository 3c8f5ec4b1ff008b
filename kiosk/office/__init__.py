"""The coordinator's side: banks from their sources, rounds for the rooms, and what comes back on the sticks.

No window and no clock: every instant is an argument.
"""
