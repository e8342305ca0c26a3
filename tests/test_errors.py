import inspect
import re

from reelrec import errors


def test_the_tree_in_the_docstring_is_the_tree_of_the_classes():
    """Depth is read off the indentation: four characters a level."""
    drawn, above = {}, []
    for line in errors.__doc__.splitlines():
        if found := re.match(r"^([│├└─ ]*)(\w+Error)\b", line):
            depth = len(found[1]) // 4
            above[depth:] = [found[2]]
            drawn[found[2]] = above[depth - 1] if depth else "Exception"
    classes = inspect.getmembers(errors, inspect.isclass)
    assert drawn == {name: cls.__base__.__name__ for name, cls in classes}
