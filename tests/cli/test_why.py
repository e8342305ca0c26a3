"""`recommend --why`: what adds up to the stars, in the terminal."""

import json

import pytest

RATE = ("--rate", "Heat (1995)=4.5", "--rate", "Cats (2019)=0.5", "--rate", "Alien (1979)=5")


@pytest.mark.parametrize("more", [(), ("--model", "svd"), ("--model", "ease"), ("--model", "popularity")])
def test_the_lines_of_each_film_add_up_to_its_stars(command, more):
    code, out, _ = command("recommend", *RATE, *more, "-n", 5, "--why", "--json")
    films = json.loads(out)["films"]
    assert (code, len(films)) == (0, 5)
    for film in films:
        assert sum(line["stars"] for line in film["why"]) == pytest.approx(film["stars"], abs=0.01)
        assert all(line.keys() == {"label", "film", "stars"} for line in film["why"])
    named = {line["film"] for film in films for line in film["why"]} - {None}
    assert named <= {"Heat (1995)", "Cats (2019)", "Alien (1979)"}
    assert named


def test_without_it_nothing_is_explained(command):
    films = json.loads(command("recommend", *RATE, "-n", 2, "--json")[1])["films"]
    assert all("why" not in film for film in films)


def test_the_table_has_a_line_for_each_term(command):
    code, out, _ = command("recommend", *RATE, "-n", 1, "--why")
    assert code == 0
    assert "What a newcomer would give it" in out
    assert "Heat (1995), 4.5 stars" in out


def test_lists_for_everybody_have_no_room_for_it(command, tmp_path):
    (tmp_path / "ratings.csv").write_text("user_id,film_id,rating\n1,heat-1995,4\n")
    words = ("recommend", "--ratings", tmp_path / "ratings.csv", "--all", "--csv", tmp_path / "out.csv", "--why")
    code, _, err = command(*words)
    assert code == 2
    assert "leave out --why" in err
