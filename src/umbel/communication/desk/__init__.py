"""What the desk shows of how the confederation informs: stories, videos, newsletters, channels, press."""

from umbel.communication.desk import channels, stories

__all__ = ["channels", "stories"]
