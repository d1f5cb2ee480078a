"""Setting up a confederation: in the terminal, in the browser, and what is left to do afterwards."""

from umbel.website.starting.left import Item, checklist

__all__ = ["Item", "checklist"]
