"""Start the kiosk: `python main.py WORDS...` hands the words to the command line and returns its exit code."""

import sys

from kiosk.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
