"""Offline exam kiosk: sealed question banks in, signed result bundles out, no network in between."""

__version__ = "0.1.0"
