"""What the dashboards say of the talk's DeepFM, from invented measurements."""

import json

import pytest

from reelrec.evaluation.talk import seed_deepfm
from reelrec.ui.dashboards.history import deepfm, deepfm_causes
from tests.fakes import measurements
from tests.ui.dashboards.words import markdown, words

HOSTILE = '<img src=x onerror="alert(1)"> **M*A*S*H** [a](http://evil)'


@pytest.fixture
def told() -> dict:
    return json.loads(json.dumps(measurements.seed_deepfm()))


def cause(told: dict, name: str, net: str, films: str = "9000+1000") -> dict:
    wanted = (films, name, net)
    return next(one for one in told["causes"] if (one["films"], one["cause"], one["recipe"]) == wanted)


def test_its_names_are_the_evaluation_s():
    assert tuple(deepfm_causes.CAUSES) == seed_deepfm.CAUSES
    assert (deepfm.PUBLISHED, deepfm.MENDED) == (seed_deepfm.TALKS, seed_deepfm.MENDED)
    assert {seed_deepfm.TALKS, seed_deepfm.MENDED, *seed_deepfm.IMPERSONAL} == deepfm.NOT_OURS
    assert (deepfm.SEEN, deepfm.HONEST) == (seed_deepfm.SEEN, seed_deepfm.HONEST)
    assert (deepfm.TEST, deepfm.TRAINING) == (seed_deepfm.TEST, seed_deepfm.TRAINING)
    assert (deepfm.HALFWAY, deepfm.END) == (seed_deepfm.HALFWAY, seed_deepfm.EPOCHS)
    assert deepfm.LARGEST == seed_deepfm.LARGEST


def test_curves_are_drawn_for_both_sizes_with_the_talk_s_figures_dashed(told):
    drawing = deepfm.curves(told)
    assert [part.title for part in drawing.parts] == ["500 + 100 films", "1,000 + 150 films"]
    for part in drawing.parts:
        lines = {trace["name"]: trace for trace in part.figure["data"]}
        dashed = {name: trace["y"] for name, trace in lines.items() if trace["line"]["dash"] == "dash"}
        assert dashed == {
            "Films it learned from, the talk’s": [0.79, 0.84],
            "Films held out, the talk’s": [0.57, 0.575],
            "Asking nobody, the talk’s": [0.74, 0.74],
        }
        assert lines["Films held out"]["y"] == [0.7, 0.58]
        assert lines["Loss"]["yaxis"] == "y2"
        assert "83.0% right after training, 58.0% held out" in part.alt
    assert "asking nobody, in 72.0%" in words(drawing)


def test_the_table_has_the_talk_s_figures_above_ours(told):
    drawing = deepfm.table(told)
    learned, held_out = (part.rows for part in drawing.parts)
    assert learned[:2] == [("30, talk", "0.9000", "0.9900"), ("30, here", "0.8300", "0.8300")]
    assert held_out[:2] == [("30, talk", "0.7100", "–", "–"), ("30, here", "0.7800", "–", "–")]
    assert held_out[-1][1:] == ("0.7800", "0.5800", "0.5800")
    assert held_out[-1][0].endswith(", here")
    assert "83.0% or more is right in the end" in words(drawing)
    assert "below knowing nobody in 3 of 3 sizes" in words(drawing)


def test_a_network_that_beats_nobody_is_counted(told):
    for row in told["rows"]:
        if (row["model"], row["metric"], row["k"]) == ("talk-deepfm", "like_accuracy", "500+100"):
            row["value"] = 0.73  # below the row that has seen the answers, above the honest one
    assert "in 2 of 3 sizes" in words(deepfm.table(told))


def test_every_cause_has_a_row_and_a_sentence_of_its_numbers(told):
    cause(told, "wrong-films", "talk-deepfm")["change"] |= {"value": 0.123}
    cause(told, "letters", "talk-deepfm-mended")["change"] |= {"value": -0.002, "different": False}
    drawing = deepfm_causes.causes(told)
    assert [part.title for part in drawing.parts] == ["500 + 100 films", "9,000 + 1,000 films"]
    cells = {row[0]: row[1:] for row in drawing.parts[1].rows}
    assert list(cells) == ["As it is", *(name for name, _ in deepfm_causes.CAUSES.values())]
    assert cells["As it is"] == ("58.0%", "70.0%")
    assert cells["Wrong films"][0] == "65.0% (+12.3)"
    assert cells["Letters for words"][1] == "65.0% (≈\u00a0-0.2)"
    sentences = [line for line in words(drawing).split("\n") if line.startswith("- ")]
    assert len(sentences) == 5
    assert "Mended in the published network, +12.3; put into the mended one, +4.0." in sentences[1]
    assert "put into the mended one, -0.2, which may be chance." in sentences[2]
    assert "Put into the published network" in sentences[4]  # it was not in it
    assert "from 58.0% to 70.0% with 9,000 + 1,000 films" in words(drawing)


def test_ours_is_held_against_both_rows_and_again_among_more_people(told):
    drawing = deepfm.ours(told)
    assert "Bayesian MF was told what" in words(drawing)
    assert "4.0 points above (95%: +3.7 to +4.3) what most people outside" in words(drawing)
    assert "2.0 points below (95%: -2.3 to -1.7) the talk’s row" in words(drawing)
    assert "asked of more people, 3.0 points above (95%: +2.7 to +3.3)." in words(drawing)
    assert len(drawing.parts[0].groups) == 6
    assert [row[0] for row in drawing.numbers[1].rows][-1] == "The talk’s row, answers seen"


def test_without_its_difference_nothing_is_claimed(told):
    told["differences"] = []
    with pytest.raises(LookupError, match="bmf is not held against film-likes"):
        deepfm.ours(told)


def test_names_from_the_file_are_text(told):
    for one in told["causes"]:
        one["cause"] = HOSTILE if one["cause"] == "letters" else one["cause"]
    for row in told["rows"] + told["differences"]:
        row["model"] = HOSTILE if row["model"] == "bmf" else row["model"]
    written = markdown(deepfm_causes.causes(told)) + str(deepfm_causes.causes(told).parts[0].rows)
    drawn = deepfm.ours(told)
    written += markdown(drawn) + str([table.rows for table in drawn.numbers])
    assert "**M*A*S*H**" not in written
    assert "](http" not in written
