"""Protocols as data: what each takes, what is refused, and where its result belongs."""

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

from reelrec.errors import OptionError
from reelrec.evaluation import registry
from reelrec.evaluation.protocol import Options, Protocol
from reelrec.evaluation.registry import PROTOCOLS

PLAIN = Protocol(name="plain", measures="Nothing.", module="nowhere", takes=("models", "data", "ratings", "people"))
OWN = Protocol(name="own", measures="Nothing.", module="nowhere", takes=("models",), data="ml-100k")
OF_LOG = Protocol(name="of-log", measures="Nothing.", module="nowhere", needs=("log",))


@pytest.mark.parametrize("name", list(PROTOCOLS))
def test_the_module_of_every_protocol_has_the_functions_that_the_command_calls(name):
    protocol = PROTOCOLS[name]
    module = protocol.load()
    assert name == module.NAME
    assert list(inspect.signature(module.evaluate).parameters) == ["options"]
    assert list(inspect.signature(module.tables).parameters) == ["report"]
    assert hasattr(module, "headlines") is protocol.in_manifest
    assert hasattr(module, "search") is ("search" in protocol.takes)


@pytest.mark.parametrize("protocol", PROTOCOLS.values(), ids=PROTOCOLS)
def test_what_a_protocol_measures_is_a_sentence_that_fits_beside_its_name(protocol):
    assert protocol.measures.endswith(".")
    assert len(protocol.measures) <= 65  # of 80 columns
    assert {*protocol.takes, *protocol.needs} <= {"models", "data", "ratings", "people", "search", "log"}


def test_an_unknown_protocol_is_named_with_the_known_ones():
    with pytest.raises(OptionError, match=r"no protocol called 'x'. Known: seed-svd, .*, ope\."):
        registry.protocol("x")
    with pytest.raises(OptionError, match=r"no protocol called 'topn'. Did you mean 'top-n'\?"):
        registry.protocol("topn")


def test_what_is_given_is_what_differs_from_the_default():
    assert Options().given() == Options(data="letterboxd").given() == []
    options = Options(models=("svd",), data="ml-latest-small", people=3, search=True)
    assert options.given() == ["models", "data", "people", "search"]


@pytest.mark.parametrize(
    ("protocol", "options", "says"),
    [
        (
            PLAIN,
            Options(log=Path("x")),
            "plain takes --models, --data, --ratings, --people and --json: leave out --log.",
        ),
        (OWN, Options(people=3, search=True), "own takes --models and --json: leave out --people and --search."),
        (OWN, Options(data="ml-latest-small"), "leave out --data."),
        (OF_LOG, Options(), "of-log needs a file: give it with --log."),
        (OF_LOG, Options(log=Path("x"), models=("a",)), "of-log takes --log and --json: leave out --models."),
        (PLAIN, Options(ratings=Path("x"), data="ml-latest-small"), "--ratings and --data are two answers"),
    ],
)
def test_an_option_too_many_or_too_few_is_said_in_a_sentence(protocol, options, says):
    with pytest.raises(OptionError) as error:
        protocol.check(options)
    assert says in str(error.value)


def test_options_that_a_protocol_takes_are_fine_and_so_is_naming_its_own_data():
    PLAIN.check(Options(models=("a",), ratings=Path("x"), people=3))
    PLAIN.check(Options(data="ml-latest-small"))
    OWN.check(Options(data="ml-100k", models=("a",)))
    OF_LOG.check(Options(log=Path("x")))


def test_only_a_run_of_all_models_and_users_is_whole():
    assert Options().is_whole
    assert Options(data="ml-latest-small", search=True).is_whole
    for options in (Options(models=("a",)), Options(ratings=Path("x")), Options(people=1), Options(log=Path("x"))):
        assert not options.is_whole


def test_the_name_of_a_result_names_other_data_than_the_usual():
    assert PLAIN.result_name(Options()) == "plain"
    assert PLAIN.result_name(Options(data="ml-latest-small")) == "plain-ml-latest-small"
    assert OWN.result_name(Options(data="ml-100k")) == "own"


def test_listing_the_protocols_imports_nothing_that_is_slow():
    code = "import sys; import reelrec.cli.evaluate; print({'numpy', 'pandas', 'scipy'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=60
    )
    assert (done.stdout, done.stderr) == ("set()\n", "")
