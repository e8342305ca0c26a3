"""What a drawn poster shows of a film, for whoever draws it: a page as SVG, a card to share as a picture."""
