"""Invented people of any number, drawn from the shipped `bmf`: size can be tested without ratings of anybody."""
