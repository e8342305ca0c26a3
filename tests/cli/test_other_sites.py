"""`match` and `recommend` with the files of other sites, and with tables."""

import json

from tests.fakes import other_sites

TABLE = "Film;Jahr;Note\nHeat;1995;87\nAlien;1979;35\n"


def written(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    return path


def test_match_reads_another_sites_file_and_says_its_scale(command, tmp_path):
    from reelrec import app

    sample = other_sites.imdb(app.catalogue().films)
    path = written(tmp_path, sample.name, sample.data)
    _, out, _ = command("match", path, "--json")
    said = json.loads(out)
    assert said["rated"] == {"read": 190, "found": 181}
    assert said["files"] == [{"name": "ratings.csv", "read_as": "IMDb", "why": ""}]
    _, _, err = command("match", path)
    assert "IMDb’s ratings are out of ten" in err


def test_a_table_is_read_only_with_its_scale_and_says_how(command, tmp_path):
    path = written(tmp_path, "films.csv", TABLE.encode())
    code, out, err = command("match", path, "--json")
    err = " ".join(err.split())
    assert (code, out) == (2, "")
    assert "title from “Film”, year from “Jahr”, rating from “Note”" in err
    assert "--scale 5, 10, 100 or letters" in err
    code, out, _ = command("match", path, "--json", "--scale", "100")
    assert json.loads(out)["rated"] == {"read": 2, "found": 2}


def test_a_list_is_not_made_of_ratings_of_unknown_height(command, tmp_path):
    text = "movie_id,imdb_id,tmdb_id,rating,average_rating,title\n6,0113277,949,87,80.1,Heat (1995)\n"
    path = written(tmp_path, "movielens-ratings.csv", text.encode())
    code, out, err = command("recommend", "--export", path)
    assert (code, out) == (2, "")
    assert "no star would count" in " ".join(err.split())
    code, out, _ = command("recommend", "--export", path, "--scale", "100", "-n", 3, "--json")
    assert code == 0
    assert out.count('"score"') == 3 or len(json.loads(out)) == 3


def test_a_scale_that_does_not_exist_is_refused(command, tmp_path):
    code, _, err = command("match", written(tmp_path, "films.csv", TABLE.encode()), "--scale", "twenty")
    assert code == 2
    assert "not twenty" in err
