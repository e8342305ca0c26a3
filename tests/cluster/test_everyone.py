"""Everybody's lists are those that `recommend` makes for each person alone, whoever makes them and however often."""

import json
import os
import signal
import threading
import time
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from reelrec import app
from reelrec.cluster import everyone
from reelrec.cluster.everyone import ListMaker, Wish, lists_for_everybody
from reelrec.cluster.lists_folder import Piece
from reelrec.data.ratings.parts import Parts
from reelrec.data.ratings.roles import Role
from reelrec.errors import ClusterError, OptionError, PartsError
from reelrec.serving.picks.filters import Filters
from reelrec.visitor.profile import Profile
from tests.fakes.parts import write_parts

WISH = Wish(n=4, model=None, dial=0.5, filters=Filters())


@pytest.fixture
def one_process(monkeypatch):
    """Let this process do what workers do, without Ray: piece after piece. Gives the names of the pieces made."""
    made = []

    def results(data, out, wish, pieces, workers):
        maker = ListMaker(data, out, wish)
        for piece in pieces:
            line = maker({name: np.array([value]) for name, value in piece._asdict().items()})
            made.append(piece.name)
            yield {name: values[0] for name, values in line.items()}

    class Engine:
        def __init__(self, *_) -> None: ...
        def __enter__(self):
            return 1

        def __exit__(self, *_) -> None: ...

    monkeypatch.setattr(everyone, "_results", results)
    monkeypatch.setattr(everyone, "ray_engine", Engine)
    monkeypatch.setattr(everyone, "PIECE", 8)
    return made


def rows_of(out) -> pa.Table:
    """All rows, by person and rank."""
    table = pa.concat_tables([pq.read_table(path) for path in sorted(out.glob("*/*.parquet"))])
    return table.sort_by([("user_id", "ascending"), ("rank", "ascending")])


def stored(number: float | None) -> float | None:
    """A number as the files have it."""
    return None if number is None else float(np.float32(number))


@pytest.mark.parametrize(
    "wish",
    [
        WISH,
        replace(WISH, n=3, model="knn"),
        replace(WISH, dial=0.9, filters=Filters(genres=frozenset({"Drama"}), in_order=False)),
    ],
)
def test_each_list_is_what_recommend_shows_that_person_alone(wish, parts, tmp_path, one_process):
    out = tmp_path / "lists"
    assert lists_for_everybody(parts, out, wish).people == 40
    by_user: dict[int, list[dict]] = {}
    for row in rows_of(out).to_pylist():
        by_user.setdefault(row.pop("user_id"), []).append(row)
    opened, people = Parts.open(parts), 0
    for dataset in (opened.read(role, [part]) for role in Role for part in range(opened.n_parts)):
        for user, history in zip(dataset.user_ids.tolist(), dataset.histories(), strict=True):
            profile = Profile(ratings=dict(zip(history.items.tolist(), history.ratings.tolist(), strict=True)))
            shelf = app.recommend(profile, wish.n, wish.model, wish.dial, wish.filters)
            expected = [
                {"rank": rank, "film_id": pick.film.slug, "model": shelf.model}
                | {name: stored(getattr(pick, name)) for name in ("stars", "low", "high", "score")}
                for rank, pick in enumerate(shelf.picks, start=1)
            ]
            assert by_user.get(user, []) == expected
            people += 1
    assert people == 40


def test_what_an_ended_run_left_is_gone_on_with_and_no_row_comes_twice(parts, tmp_path, one_process):
    whole, out = tmp_path / "whole", tmp_path / "lists"
    lists_for_everybody(parts, whole, WISH)
    pieces = [*one_process]
    lists_for_everybody(parts, out, WISH)
    lost = out / f"{pieces[1]}.parquet"
    lost.rename(lost.with_name(f"{lost.name}.123.new"))  # as a worker leaves it that is killed while it writes
    one_process.clear()
    made = lists_for_everybody(parts, out, WISH)
    assert one_process == [pieces[1]]
    assert made.new == pq.read_metadata(whole / f"{pieces[1]}.parquet").num_rows / 4
    assert rows_of(out) == rows_of(whole)
    assert not [*out.glob("*/*.new")]
    assert json.loads((out / "lists.json").read_text())["rows"] == made.rows == len(rows_of(whole))


def test_a_run_with_other_data_artifacts_or_options_is_refused(parts, films, tmp_path, one_process, tiny_artifacts):
    out = tmp_path / "lists"
    lists_for_everybody(parts, out, WISH)
    before = rows_of(out)
    other = write_parts(tmp_path / "other", films, people=40, seed=1)
    with pytest.raises(OptionError, match=r"lists of other ratings than this call\. Name a new folder"):
        lists_for_everybody(other, out, WISH)
    with pytest.raises(OptionError, match="other options"):
        lists_for_everybody(parts, out, replace(WISH, n=5))
    about = json.loads((out / "lists.json").read_text())
    about["artifacts"]["blend"] = "0" * 64
    (out / "lists.json").write_text(json.dumps(about))
    with pytest.raises(OptionError, match="other artifacts"):
        lists_for_everybody(parts, out, WISH)
    assert rows_of(out) == before


def test_parts_of_another_catalogue_and_folders_with_something_else_are_refused(parts, tmp_path, one_process):
    content = json.loads((parts / "parts.json").read_text())
    with pytest.raises(OptionError, match="is not empty"):
        lists_for_everybody(parts, parts, WISH)
    (parts / "parts.json").write_text(json.dumps(content | {"items": content["items"] | {"fingerprint": "f" * 16}}))
    with pytest.raises(PartsError, match="was made for a catalogue of 14 items"):
        lists_for_everybody(parts, tmp_path / "lists", WISH)


def test_parts_that_are_missing_empty_or_of_other_data_are_one_sentence_and_nothing_is_written(
    parts, films, tmp_path, one_process
):
    out, path = tmp_path / "lists", parts / "train" / "00001.parquet"
    whole = path.read_bytes()
    other = write_parts(tmp_path / "other", films, people=40, seed=1) / "train" / "00001.parquet"
    for content, said in ((None, "is missing"), (b"", "is empty"), (other.read_bytes(), "is of another data")):
        path.unlink()
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(PartsError, match=said):
            lists_for_everybody(parts, out, WISH)
        path.write_bytes(whole)
    assert not out.exists()


def test_two_runs_at_once_are_one_too_many(parts, tmp_path, one_process):
    out = tmp_path / "lists"
    lists_for_everybody(parts, out, WISH)
    folder = everyone.ListsFolder(out, {})
    with folder.locked(), pytest.raises(OptionError, match="Another run"):
        lists_for_everybody(parts, out, WISH)


def test_a_full_disk_is_one_sentence_and_leaves_nothing_half_written(parts, tmp_path, one_process, monkeypatch):
    def full(table, path, **_):
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(pq, "write_table", full)
    out = tmp_path / "lists"
    with pytest.raises(ClusterError, match=r"No space left on device\. Run the same command again"):
        lists_for_everybody(parts, out, WISH)
    assert not [*out.glob("*/*.parquet*new")] or all("tries" in path.name for path in out.glob("*/*.new"))
    monkeypatch.undo()


def test_a_piece_at_which_workers_end_again_and_again_is_given_up(parts, tmp_path):
    maker = ListMaker(parts, tmp_path / "lists", WISH)
    batch = {name: np.array([value]) for name, value in Piece("train", 0, 0, 0, 2)._asdict().items()}
    maker.lists = lambda piece: (_ for _ in ()).throw(KeyboardInterrupt)  # as a worker that ends in the middle
    for _ in range(everyone.TRIES):
        with pytest.raises(KeyboardInterrupt):
            maker(batch)
    assert "5 workers ended at 00000-0000.parquet" in maker(batch)["fault"][0]


def test_with_two_workers_one_of_them_killed_the_lists_are_the_same(parts, tmp_path, monkeypatch):
    pytest.importorskip("ray")
    alone, out = tmp_path / "alone", tmp_path / "lists"
    monkeypatch.setattr(everyone, "PIECE", 2)
    lists_for_everybody(parts, alone, WISH, workers=1)
    killed = []

    def kill():
        """Kill the worker of the first piece that is done."""
        log = out / "lists.log.jsonl"
        while not (log.exists() and log.read_text().strip()):
            time.sleep(0.02)
        killed.append(json.loads(log.read_text().splitlines()[0])["worker"])
        os.kill(killed[0], signal.SIGKILL)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    made = lists_for_everybody(parts, out, WISH, workers=2)
    killer.join(timeout=60)
    workers = {json.loads(line)["worker"] for line in (out / "lists.log.jsonl").read_text().splitlines()}
    assert killed
    assert len(workers) == 3  # two, and the one in the place of the killed
    assert made.people == 40
    assert rows_of(out) == rows_of(alone)
