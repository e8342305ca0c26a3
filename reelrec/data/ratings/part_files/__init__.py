"""The files of a folder of parts: one of them, their index, and how they are written. `parts.py` is the door."""
