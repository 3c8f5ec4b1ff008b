"""One file for each screen; each draws a `Shown` and calls the bridge."""
