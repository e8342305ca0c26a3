"""python -m reelrec data …"""

import pytest


@pytest.mark.usefixtures("data")
def test_a_source_is_fetched_from_a_folder_and_then_listed_as_here(command, copy_of_tiny):
    assert "not fetched" in " ".join(command("data", "list")[1].split())
    code, out, _ = command("data", "get", "tiny", "--from", copy_of_tiny)
    assert code == 0
    assert "tiny is in data/tiny/." in out
    assert " here " in command("data", "list")[1]


@pytest.mark.usefixtures("data")
def test_a_folder_without_the_files_is_a_fault_that_names_them(command, tmp_path):
    code, _, err = command("data", "get", "tiny", "--from", tmp_path)
    assert code == 1
    assert "has no ratings.csv" in " ".join(err.split())


@pytest.mark.usefixtures("copies")
def test_describing_what_is_not_here_names_the_command_that_fetches_it(command):
    code, out, err = command("data", "describe", "ml-latest-small")
    assert (code, out) == (1, "")
    assert "python -m reelrec data get ml-latest-small" in err
    assert err.count("\n") == 1


@pytest.mark.usefixtures("data")
def test_an_unknown_source_is_a_mistake_in_the_call(command):
    code, _, err = command("data", "get", "nope")
    assert code == 2
    assert "no data set called 'nope'" in " ".join(err.split())
