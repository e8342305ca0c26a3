import pytest

from reelrec.errors import OptionError
from reelrec.models.registry import MODELS, model_class


def test_every_model_stands_under_its_own_name_and_builds_on_models_before_it():
    names = list(MODELS)
    for place, (name, model) in enumerate(MODELS.items()):
        assert model_class(name) is model
        assert model.name == name
        assert model.unit in {"stars", "preference"}
        assert set(model.builds_on) == set(model.parts) <= set(names[:place])


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(OptionError, match=r"no model called 'nope'. Known: popularity, film-mean"):
        model_class("nope")
