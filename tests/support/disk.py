"""A disk that is full, for real: the system refuses every write beyond a size, while the block lasts."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NO_PLACE_TO_WRITE = Path("/proc/self")
"""A folder in which not even the administrator can make a file."""


@contextmanager
def full_disk(size: int = 0) -> Iterator[None]:
    """Let no file of this process grow beyond a size in bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
