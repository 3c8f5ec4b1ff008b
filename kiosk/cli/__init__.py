"""The command line: `python main.py <noun> <verb>`. Thin: it reads words, calls, and says what came of it."""

from kiosk.cli.main import main

__all__ = ["main"]
