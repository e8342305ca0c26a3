"""What a figure says, for tests."""

from reelrec.ui.dashboards.parts.frame import Drawing


def markdown(drawing: Drawing) -> str:
    """Its title, its note and what is folded away."""
    return f"{drawing.finding}. {drawing.note} {drawing.more}".strip()


def words(drawing: Drawing) -> str:
    """The same without the backslashes of Markdown."""
    return markdown(drawing).replace("\\", "")
