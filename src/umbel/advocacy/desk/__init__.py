"""What the desk shows of advocacy: what is followed, said, signed and met for."""

from umbel.advocacy.desk import acts, drafts, files

__all__ = ["acts", "drafts", "files"]
