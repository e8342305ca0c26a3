"""Films for several people: one shelf for all, how two people agree, and rooms in which everybody swipes."""
