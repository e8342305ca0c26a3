"""The card: a visitor's taste as one picture to share.

`contents.py` chooses what stands on it, `picture.py` draws that, and neither knows how the other does it.
"""
