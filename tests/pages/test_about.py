import subprocess
import sys
from pathlib import Path

from reelrec import app


def test_about_counts_what_the_models_learned_from(visit):
    people, ratings = app.training_data()
    words = visit("about").words()
    assert f"{people:,} people" in words
    assert f"{ratings:,} ratings" in words


def test_two_visitors_do_not_see_each_others_ratings(visit, horror_link):
    one, other = visit(p=horror_link), visit()
    one.run()
    assert other.profile.ratings == {}
    assert one.profile.ratings


def test_missing_artifacts_are_one_clear_sentence(tmp_path):
    entry = Path(__file__).parents[2] / "streamlit_app.py"
    script = (
        "from streamlit.testing.v1 import AppTest\n"
        f"at = AppTest.from_file({str(entry)!r}, default_timeout=30).run()\n"
        "assert not at.exception\n"
        "print(at.error[0].value)"
    )
    environment = {"REELREC_ARTIFACTS": str(tmp_path), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, env=environment, cwd=entry.parent
    )
    assert "catalogue.parquet is missing" in done.stdout, done.stderr
