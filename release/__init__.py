"""What goes with a release: `dev.py audit` checks what would be installed, `dev.py release` writes the files.

It runs from .venv, beside the project. Nothing that serves a visitor imports it.
"""
