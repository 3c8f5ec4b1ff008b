"""Files as values: what enters or leaves a room, verified before anything of it is returned.

Nothing here opens a file or reads a clock: bytes and sources come in, values go out. One specification stands beside
each module.
"""
