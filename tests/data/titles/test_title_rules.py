import pytest

from reelrec.data.titles import title_rules


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
    assert title_rules.fold(written) == title_rules.fold(same)


@pytest.mark.parametrize(
    ("one", "other"),
    [("The Harbour", "Harbour"), ("Night Ferry", "Night Ferry 2"), ("Them!", "Him!"), ("Ferry, The Night", "Night")],
)
def test_different_titles_keep_different_keys(one, other):
    assert title_rules.fold(one) != title_rules.fold(other)


def test_a_title_of_symbols_alone_keeps_a_key_of_its_own():
    assert title_rules.fold("???") == "???"
    assert title_rules.fold("???") != title_rules.fold("!!!")


def test_titles_in_other_alphabets_keep_their_letters():
    assert title_rules.fold("Сталкер") == "сталкер"
    assert title_rules.words("千と千尋") == "千と千尋"


def test_words_are_lower_case_without_accents_and_punctuation():
    assert title_rules.words("  L’Été: À   l'Ombre & More ") == "lete a lombre and more"


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
    assert title_rules.title_and_year(text) == parts


def test_spellings_hold_the_whole_title_the_bare_one_and_each_bracket():
    assert title_rules.spellings("Seven Boats (a.k.a. The Boats) (Les Bateaux)") == [
        "sevenboatsakatheboatslesbateaux",
        "sevenboats",
        "theboats",
        "lesbateaux",
    ]


@pytest.mark.parametrize(
    "title", ["(500) Days of Summer", "Heroin(e)", "You Are (Not) Alone", "(nostalgia)", "[REC]", "(T)Raumschiff"]
)
def test_a_bracket_that_belongs_to_the_title_is_no_second_title(title):
    assert title_rules.spellings(title) == [title_rules.fold(title)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nightmare on Elm Street 2: Freddy's Revenge, A", "A Nightmare on Elm Street Part 2: Freddy's Revenge"),
        ("Friday the 13th Part V: A New Beginning", "Friday the 13th: A New Beginning"),
        ("Star Wars: Episode VII - The Force Awakens", "Star Wars: The Force Awakens"),
        ("Death Wish 2", "Death Wish II"),
        ("Guardians of the Galaxy 2", "Guardians of the Galaxy Vol. 2"),
        ("John Wick: Chapter Two", "John Wick: Chapter 2"),
        ("Three Men and a Baby", "3 Men and a Baby"),
        ("Slums of Beverly Hills, The", "Slums of Beverly Hills"),
        ("Man with the Movie Camera", "Man with a Movie Camera"),
        ("Romeo and Juliet", "Romeo + Juliet"),
        ("Dr. Dolittle", "Doctor Dolittle"),
        ("My Bloody Valentine 3-D", "My Bloody Valentine 3D"),
        ("Three Colors: Red", "Three Colours: Red"),
    ],
)
def test_two_loose_spellings_of_a_title_share_a_key(one, other):
    assert set(title_rules.loose(one)) & set(title_rules.loose(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Death Wish 2", "Death Wish 3"),
        ("Death Wish", "Death Wish 2"),
        ("The Missing", "Missing"),  # one word left: mostly two films
        ("Friday the 13th", "Friday the 14th"),
        ("Night Ferry: Part Two", "Night Ferry"),
    ],
)
def test_loose_keys_keep_other_films_apart(one, other):
    assert not set(title_rules.loose(one)) & set(title_rules.loose(other))


@pytest.mark.parametrize(
    ("title", "forms"),
    [
        (
            "Star Wars: Episode V - The Empire Strikes Back",
            {"starwarsepisodev", "episodevtheempirestrikesback", "theempirestrikesback"},
        ),
        ("Fog of War: Eleven Lessons, The", set()),
        ("SAS: Red Notice", set()),
        ("Eleanor Rigby: Her", set()),
        ("Kung Fu Panda: Secrets of the Furious Five", {"secretsofthefuriousfive"}),
        ("Pusher II: With Blood on My Hands", {"pusherii", "withbloodonmyhands"}),
        ("X2: X-Men United", {"x2", "xmenunited"}),
        ("Garfield: The Movie", set()),
        ("Monty Python's Life of Brian", {"lifeofbrian"}),
        ("Jet Li’s Fearless", {"fearless"}),
        ("Dr. Seuss' The Lorax", {"thelorax"}),
        ("Child's Play", set()),
        ("The Emperor's New Groove", set()),
        ("A Bug's Life", set()),
        ("Spider-Woman", set()),
    ],
)
def test_parts_that_can_stand_for_a_title_are_long_or_safe(title, forms):
    assert set(title_rules.shorter(title)) == forms


@pytest.mark.parametrize(
    ("title", "forms"),
    [
        ("Star Wars: Episode II –\u00a0Attack of the Clones", ["starwars"]),
        ("Dr. Strangelove or: How I Learned to Stop Worrying", ["drstrangelove"]),
        ("Birdman or (The Unexpected Virtue of Ignorance)", ["birdman"]),
        ("Salò, or the 120 Days of Sodom", ["salo"]),
        ("Dead or Alive", []),
        ("Ferry - The Night Cut", []),
    ],
)
def test_a_beginning_ends_at_a_colon_or_an_or(title, forms):
    assert title_rules.beginnings(title) == forms


def test_one_year_late_is_forgiven_and_one_year_early_only_to_long_titles():
    assert title_rules.forgives("300", 2006, 2007)
    assert not title_rules.forgives("300", 2006, 2005)
    assert title_rules.forgives("Eyes Without a Face", 1960, 1959)
    assert not title_rules.forgives("Eyes Without a Face", 1960, 1962)
    assert not title_rules.forgives("Eyes Without a Face", 1960, 1960 - 2)


def test_names_that_no_rule_derives_are_known():
    assert title_rules.known_as("Star Wars: Episode IV - A New Hope") == ["starwars"]
    assert title_rules.known_as("Zerkalo") == ["mirror"]
    assert title_rules.known_as("Garfield: The Movie") == ["garfield"]
    assert title_rules.known_as("Dune: Part One") == ["dune"]
    assert title_rules.known_as("Dune: Part Two") == []
    assert title_rules.known_as("Star Quay") == []


def test_typography_and_case_are_no_part_of_a_plain_title_but_accents_and_signs_are():
    assert title_rules.plain("Bon Voyage – “Ça  va”") == title_rules.plain('bon voyage - "ça va"')
    assert title_rules.plain("Drácula") != title_rules.plain("Dracula")
    assert title_rules.plain("Reality+") != title_rules.plain("Reality")
