"""A length of time in figures, "00:49:15", as staff read it; rounded up, so that zero means nothing is left."""

_SECOND = 1_000
_MINUTE = 60
_HOUR = 3_600


def length(millis: int) -> str:
    """Hours, minutes and seconds of a length in milliseconds."""
    seconds = -(-max(0, millis) // _SECOND)
    return f"{seconds // _HOUR:02d}:{seconds % _HOUR // _MINUTE:02d}:{seconds % _MINUTE:02d}"
