"""Records in files: `umbel load` and `umbel dump`. Apps declare their files in `sheets.py`."""
