"""Umbel runs an umbrella organisation: work is recorded once, everything else is derived from it."""

__version__ = "0.1.0"
