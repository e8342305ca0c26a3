"""The files of a folder of parts: one of them, their index, and how they are written. The door is `data/parts.py`."""
