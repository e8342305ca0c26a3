"""Files made to cost: each is read or refused at once, since a search for a pattern cannot be interrupted."""

import contextlib
import time
import tracemalloc

import pytest

from reelrec.errors import ExportError
from reelrec.sources.letterboxd.export_files import Part
from reelrec.sources.others.registry import read_history
from reelrec.sources.others.rows import xml_root

SECONDS = 1.0  # of the processor
HEAD = b"Name,Year,Letterboxd URI,Rating\n"


@pytest.mark.parametrize(
    "data",
    [
        b"<!--x-->" * 26 + b"!",
        b"<?x?>" * 26 + b"!",
        b"<?x?><!--x-->" * 13 + b" ",
        b"<!-- ?> --><? --> ?>" * 13,
        b" " * 19_000,
        b"<!--" + b" <!--" * 3_000,
        HEAD + b"Heat,1995," + b"boxd.it/" * 20_000 + b" x,4,5\n",
    ],
)
def test_what_is_long_before_a_root_or_in_a_link_costs_nothing(data):
    start = time.thread_time()
    with contextlib.suppress(ExportError):
        read_history([("x.xml", data)])
    assert time.thread_time() - start < SECONDS


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("<?xml version='1.0'?>\n<!-- a > b -->\n<?x ?>\n<recentrankings>", "recentrankings"),
        ("  <film a='1'>", "film"),
        ("<!-- a --> b -->\n<film>", ""),
        ("<!-- <film> -->", ""),
    ],
)
def test_the_root_is_the_first_element(text, root):
    assert xml_root(Part("x.xml", data=text.encode())) == root


@pytest.mark.parametrize("sign", ['=""', "= ''", '="<>"'])
def test_an_element_of_very_many_attributes_is_refused_before_it_is_parsed(sign):
    names = "".join(f" a{n}{sign}" for n in range(100_001))
    data = f"<recentrankings><film{names}/></recentrankings>".replace("<>", ">").encode()
    start = time.thread_time()
    with pytest.raises(ExportError, match="more parts than an export"):
        read_history([("ratings.xml", data)])
    assert time.thread_time() - start < SECONDS


def test_elements_deep_in_each_other_are_given_up_before_they_fill_the_memory():
    data = b"<recentrankings>" + b"<a>" * 1_400_000
    tracemalloc.start()
    start = time.thread_time()
    with pytest.raises(ExportError, match="more parts than an export"):
        read_history([("ratings.xml", data)])
    assert time.thread_time() - start < SECONDS
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 60_000_000
