"""The interview: screens of films that a visitor is asked about, and the policies that choose them."""
