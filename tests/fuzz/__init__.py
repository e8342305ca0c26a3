"""Fuzzing of every reader, decoder and loader: `targets` and `loaders` run one input, `mutations` spoil valid ones.

`test_fuzz.py` runs them in seconds with hypothesis; `python3 dev.py fuzz --minutes 10` runs `loop.py`.
"""
