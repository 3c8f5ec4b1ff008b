"""One world and one honest bundle for all tests that only look at them."""

import pytest

from tests.support import office_world as w
from tests.support import seats


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> w.OfficeWorld:
    """A world with one round that no test changes."""
    return w.make(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="session")
def bundle(world: w.OfficeWorld) -> seats.Bundle:
    """The first candidate's sitting, as it should be."""
    return seats.Seat(world=world).made_bundle()
