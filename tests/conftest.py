"""What every test gets: no screen needed, no silence, the same chance on every machine that guards the tree."""

import os

import hypothesis

pytest_plugins = ["pytester", "tests.support.log_guard"]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A gate must not fail by chance, and a busy machine is not a fault; by hand every run tries other examples.
hypothesis.settings.register_profile("gate", deadline=None, derandomize=True)
hypothesis.settings.register_profile("hand", deadline=None)
hypothesis.settings.load_profile("gate" if os.environ.get("CI") else "hand")
