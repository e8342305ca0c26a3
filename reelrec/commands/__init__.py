"""The larger commands of `python -m reelrec`, a file each."""
