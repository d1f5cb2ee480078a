"""The shelves of the site, each in the file of its subject; importing this puts them up."""

from umbel.website.shelves import advocacy, network, voice, work

__all__ = ["advocacy", "network", "voice", "work"]
