"""What the pages of single records show, by the subjects of the work."""
