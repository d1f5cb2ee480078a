"""What the desk shows of advocacy: what is followed, said, signed and met for."""

from umbel.advocacy.desk import acts, files

__all__ = ["acts", "files"]
