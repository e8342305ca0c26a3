import pytest

from reelrec import matching


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("Élodie à Paris", "elodie a paris"),
        ("Harbour, The", "The Harbour"),
        ("Ferry, L'", "L'Ferry"),
        ("Salt & Smoke", "salt and smoke"),
        ("Ørsted’s Dream", "Orsteds Dream"),
        ("Straße", "STRASSE"),
        ("S.O.S.", "SOS"),
        ("Night-Ferry!", "Night Ferry"),
        ("  Night   Ferry ", "night ferry"),
        ("ＦＥＲＲＹ", "ferry"),
    ],
)
def test_two_spellings_of_a_title_fold_to_one_key(written, same):
    assert matching.fold(written) == matching.fold(same)


@pytest.mark.parametrize(
    ("one", "other"),
    [("The Harbour", "Harbour"), ("Night Ferry", "Night Ferry 2"), ("Them!", "Him!"), ("Ferry, The Night", "Night")],
)
def test_different_titles_keep_different_keys(one, other):
    assert matching.fold(one) != matching.fold(other)


def test_a_title_of_symbols_alone_keeps_a_key_of_its_own():
    assert matching.fold("???") == "???"
    assert matching.fold("???") != matching.fold("!!!")


def test_titles_in_other_alphabets_keep_their_letters():
    assert matching.fold("Сталкер") == "сталкер"
    assert matching.words("千と千尋") == "千と千尋"


def test_words_are_lower_case_without_accents_and_punctuation():
    assert matching.words("  L’Été: À   l'Ombre & More ") == "lete a lombre and more"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Heat (1995)", ("Heat", 1995)),
        ("  Heat  (1995)  ", ("Heat", 1995)),
        ("Heat", ("Heat", None)),
        ("1984 (1984)", ("1984", 1984)),
        ("Ferry (Remix)", ("Ferry (Remix)", None)),
        ("(500) Days", ("(500) Days", None)),
        ("Ferry (aka Boat) (2011)", ("Ferry (aka Boat)", 2011)),
        ("(1995)", ("(1995)", None)),
        ("", ("", None)),
    ],
)
def test_a_year_is_what_stands_in_brackets_at_the_end(text, parts):
    assert matching.title_and_year(text) == parts


def test_spellings_hold_the_whole_title_the_bare_one_and_each_bracket():
    assert matching.spellings("Seven Boats (a.k.a. The Boats) (Les Bateaux)") == [
        "sevenboatsakatheboatslesbateaux",
        "sevenboats",
        "theboats",
        "lesbateaux",
    ]


def test_shorter_forms_are_parts_at_colons_and_dashes_and_the_title_without_its_owner():
    assert set(matching.shorter("Star Quay: Episode II - The Return")) >= {
        "starquay",
        "thereturn",
        "episodeiithereturn",
    }
    assert "dream" in matching.shorter("Ørsted’s Dream")
    assert "nightferry" in matching.shorter("Ben Hale's Night Ferry")


def test_a_hyphen_inside_a_word_does_not_split_a_title():
    assert matching.shorter("Spider-Woman") == ["spiderwoman"]
