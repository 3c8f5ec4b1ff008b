"""Dry runs: everything an exam needs except the room, the people and the hardware."""
