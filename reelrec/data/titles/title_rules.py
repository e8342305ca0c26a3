"""Rules that say whether two titles mean the same film: folding, spellings, parts of a title, and wrong years.

A match needs the year, because one film in eight shares its title with another. Each rule is tried only where the rule
before it found nothing:
1. the folded title and the exact year;
2. the folded title and a year that is one off (`forgives`);
3. the loose title (without articles, numerals and numbering) and the exact year;
4. a part of the title and the exact year.
LOG.md counts the right and wrong matches of each rule, and names the rules that were tried and dropped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "¢": "c", "♥": " heart "}
)
_ASCII = str.maketrans({chr(i): "" if chr(i) in "'." else " " for i in range(128) if not chr(i).isalnum()})
_KEPT = 64  # texts: the rules fold one title again and again, and then go on to the next
_TYPOGRAPHY = str.maketrans("‘’‛′´`“”„–—‑", "''''''\"\"\"---")
_ARTICLE_BEHIND = re.compile(
    r"^(.*), (the|a|an|le|la|les|l'|el|los|las|il|lo|gli|i|der|die|das|den|det|o|os|un|une)$", re.IGNORECASE
)
_ARTICLE = re.compile(r"^(?:the|an?|le|la|les|el|il|der|die|das)\s+", re.IGNORECASE)
_BRACKETS = re.compile(r"\s+\(([^()]*)\)(?=\s*(?:\(|$))")  # at the end: not in "Heroin(e)" or "(500) Days"
_AKA = re.compile(r"^a\.?k\.?a\.?\s+", re.IGNORECASE)
_TITLE_YEAR = re.compile(r"^(.+?)\s*\((\d{4})\)\s*$")

_PARTS = re.compile(r":\s+|\s+[-–—]\s+|,\s+or:?\s+|\s+or:\s+|\s+or$", re.IGNORECASE)
_COLONS = re.compile(r":\s+|,\s+or:?\s+|\s+or:\s+|\s+or$", re.IGNORECASE)
_OWNER = re.compile(r"^(?!(?:the|an?|my)\s)([^\s:,]+(?:\s[^\s:,]+){0,2}?(?:['’]s|s['’]))\s+", re.IGNORECASE)
_SEQUEL = re.compile(r"\D[2-9]$|\s(?:ii|iii|iv|v|vi|vii|viii|ix)$", re.IGNORECASE)
# What stands in every title that these patterns find something in; looking for it takes a tenth of the time.
SUBTITLE, OWNER, FIRST = frozenset(":-–—"), frozenset("'’"), ("movie", "1", "i", "one")
SUFFIX_WORDS = 3
EARLY_WORDS = 3

_COUNTED = r"(?:part|vol\.?|volume|chapter|episode)"
_NUMBERING = re.compile(rf",?\s+(?:{_COUNTED}\s+)?(?:\d{{1,2}}|[ivx]+)(?=:\s|\s[-–—]\s)", re.IGNORECASE)
_FIRST = re.compile(r"(?:(?::|,|\s[-–—])\s+the movie|(?::|,|\s[-–—])?\s+part (?:1|i|one))$", re.IGNORECASE)
_DROPPED = frozenset(("the", "a", "an", "and", "3d", "part", "vol", "volume", "chapter", "episode"))
_SAME = {
    "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10",
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "sixty": "60", "eighty": "80", "third": "3",
    "dr": "doctor", "mr": "mister", "vs": "versus", "st": "saint", "colour": "color", "colours": "colors",
    "colourful": "colorful", "neighbour": "neighbor", "grey": "gray",
}  # fmt: skip

# Names that no rule derives: the film's title in the catalogue, and its names elsewhere, separated by " / ".
KNOWN_AS = {
    "8½": "Otto e mezzo / Eight and a Half",
    "A Grand Day Out": "A Grand Day Out with Wallace and Gromit",
    "A Matter of Loaf and Death": "Wallace and Gromit in 'A Matter of Loaf and Death'",
    "A Separation": "Jodaeiye Nader az Simin",
    "All About My Mother": "Todo sobre mi madre",
    "Amélie": "Le Fabuleux Destin d'Amélie Poulain",
    "Bicycle Thieves": "The Bicycle Thief / Ladri di biciclette",
    "Braindead": "Dead Alive",
    "Breathless": "À bout de souffle",
    "Bud Abbott and Lou Costello Meet Frankenstein": "Abbott and Costello Meet Frankenstein",
    "City of God": "Cidade de Deus",
    "Come and See": "Idi i smotri",
    "Deep Red": "Profondo rosso",
    "District B13": "District 13 / Banlieue 13",
    "Downfall": "Der Untergang",
    "Edge of Tomorrow": "Live Die Repeat / Live Die Repeat: Edge of Tomorrow",
    "Ever After": "Ever After: A Cinderella Story",
    "Funny Games": "Funny Games U.S.",
    "Furious 7": "Fast & Furious 7",
    "Ghostbusters": "Ghostbusters: Answer the Call",
    "Grave of the Fireflies": "Hotaru no haka",
    "Harry Potter and the Philosopher's Stone": "Harry Potter and the Sorcerer's Stone",
    "Howl's Moving Castle": "Hauru no ugoku shiro",
    "Interview with the Vampire": "Interview with the Vampire: The Vampire Chronicles",
    "Let the Right One In": "Låt den rätte komma in",
    "Life Is Beautiful": "La vita è bella",
    "Live Free or Die Hard": "Die Hard 4.0 / Die Hard 4",
    "Look Who's Back": "Er ist wieder da",
    "Léon: The Professional": "The Professional",
    "Mad Max 2": "The Road Warrior",
    "Mirror": "The Mirror / Zerkalo",
    "Moana": "Vaiana",
    "Monsieur Hulot's Holiday": "Mr. Hulot's Holiday / Les Vacances de Monsieur Hulot",
    "My Neighbor Totoro": "Tonari no Totoro",
    "Nosferatu": "Nosferatu: A Symphony of Horror / Nosferatu, eine Symphonie des Grauens",
    "Oldboy": "Oldeuboi",
    "Orca": "Orca: The Killer Whale",
    "Pan's Labyrinth": "El laberinto del fauno",
    "Parasite": "Gisaengchung",
    "Pirates of the Caribbean: Dead Men Tell No Tales": "Pirates of the Caribbean: Salazar's Revenge",
    "Ponyo": "Ponyo on the Cliff by the Sea",
    "Portrait of a Lady on Fire": "Portrait de la jeune fille en feu",
    "Princess Mononoke": "Mononoke-hime",
    "Se7en": "Seven",
    "Seven Samurai": "Shichinin no samurai",
    "Shoplifters": "Manbiki kazoku",
    "Sicario: Day of the Soldado": "Sicario 2: Soldado",
    "Spirited Away": "Sen to Chihiro no kamikakushi",
    "Star Wars": "Star Wars: Episode IV - A New Hope / Star Wars: A New Hope",
    "Suck Me Shakespeer": "Fack ju Göhte / Fuck You, Goethe",
    "Talk to Her": "Hable con ella",
    "The 400 Blows": "Les quatre cents coups",
    "The Avengers": "Avengers Assemble",
    "The Boat That Rocked": "Pirate Radio",
    "The Fog of War": "The Fog of War: Eleven Lessons from the Life of Robert S. McNamara",
    "The Good, the Bad and the Ugly": "Il buono, il brutto, il cattivo",
    "The Handmaiden": "Agassi / Ah-ga-ssi",
    "The Hunt": "Jagten",
    "The Intouchables": "Intouchables / Untouchable",
    "The Lives of Others": "Das Leben der Anderen",
    "The Pirates! In an Adventure with Scientists!": "The Pirates! Band of Misfits",
    "The Raid": "The Raid: Redemption",
    "The Seventh Seal": "Det sjunde inseglet",
    "The Triplets of Belleville": "Belleville Rendez-vous / Les Triplettes de Belleville",
    "The Witch": "The VVitch / VVitch",
    "The X-Files": "The X-Files: Fight the Future",
    "Train to Busan": "Busanhaeng",
    "Wallace & Gromit: The Curse of the Were-Rabbit": "Wallace & Gromit in The Curse of the Were-Rabbit",
    "What Happened to Monday": "Seven Sisters",
    "Your Name.": "Kimi no na wa.",
    "Zombie Flesh Eaters": "Zombie / Zombi 2",
    "Zootopia": "Zootropolis",
}


class _Bare(dict[int, str]):
    """What `words` makes of each sign, for str.translate."""

    def __missing__(self, point: int) -> str:
        sign = chr(point)
        bare = "" if unicodedata.combining(sign) else sign if sign.isalnum() else "" if sign in "'’." else " "
        if point < _COMMON:
            self[point] = bare
        return bare


_COMMON = 1 << 16  # below it are the signs of living languages; what is made of others is not kept
_BARE = _Bare()


@lru_cache(_KEPT)
def words(text: str) -> str:
    """The text in lower case, without accents and punctuation, with single spaces: the form that search compares."""
    text = text.casefold().replace("&", " and ")
    if text.isascii():
        return " ".join(text.translate(_ASCII).split())
    return " ".join(unicodedata.normalize("NFKD", text.translate(_LETTERS)).translate(_BARE).split())


def fold(title: str) -> str:
    """The key that all spellings of a title share: letters and digits only, with a moved article put back in front."""
    return words(_article_first(title)).replace(" ", "") or title.strip().casefold()


def plain(title: str) -> str:
    """The title without regard to case and typography; "Dracula" and "Drácula", "Reality" and "Reality+" differ."""
    return " ".join(unicodedata.normalize("NFKC", title).casefold().translate(_TYPOGRAPHY).split())


def spellings(title: str) -> list[str]:
    """Folded forms of the whole title: as it stands, without its brackets, and the text in each bracket."""
    return _unique(map(fold, _whole(title)))


def loose(title: str) -> list[str]:
    """Keys of the whole title that ignore articles, "and", "3D", and a sequel's number in front of its subtitle.

    A number is the same in words, digits and Roman numerals. "Nightmare on Elm Street 2: Freddy's Revenge, A" shares a
    key with "A Nightmare on Elm Street Part 2: Freddy's Revenge".
    """
    forms = [_article_first(form) for form in _whole(title)]
    if not SUBTITLE.isdisjoint(title):
        forms += [bare for form in forms if (bare := _NUMBERING.sub("", form)) != form]
    return _unique(key for form in forms if " " in (key := _loose(form)) or " " not in words(form))  # not "The Missing"


def beginnings(title: str) -> list[str]:
    """Folded beginnings of a title, up to a colon or an "or": "Borat: Cultural Learnings …" gives "borat"."""
    parts = _COLONS.split(_BRACKETS.sub("", title))
    return _unique(fold(":".join(parts[:i])) for i in range(1, len(parts)))


def shorter(title: str) -> list[str]:
    """Folded parts of a title that can stand for the whole.

    These are: an end of three words or more ("The Empire Strikes Back"), a sequel without its subtitle ("Pusher II"),
    the title without its owner ("Monty Python's Life of Brian"). A shorter end, or the beginning of a longer title,
    mostly means another film: "SAS: Red Notice", "Kung Fu Panda: Secrets of the Furious Five".
    """
    bare = _article_first(_BRACKETS.sub("", title) if "(" in title else title)
    parts = _PARTS.split(bare)
    if len(parts) == 1 and OWNER.isdisjoint(bare):
        return []
    ends = (":".join(parts[i:]) for i in range(1, len(parts)))
    forms = [end for end in ends if len(words(end).split()) >= SUFFIX_WORDS]
    forms += [part for i in range(1, len(parts)) if _SEQUEL.search(part := ":".join(parts[:i]))]
    if not OWNER.isdisjoint(bare) and (owner := _OWNER.match(bare)):
        rest = bare[owner.end() :]
        if " " in owner[1] or " " in rest:  # not "Child's Play"
            forms.append(rest)
    return _unique(map(fold, forms))


def known_as(title: str) -> list[str]:
    """Folded titles in the catalogue of a film known elsewhere as `title`: by KNOWN_AS, or without "Part 1"."""
    known = _known_as()
    listed = [known[key] for key in spellings(title) if key in known]
    first = _FIRST.sub("", title) if title[-5:].lower().endswith(FIRST) else title
    return listed if first == title else _unique([*listed, fold(first)])


def forgives(title: str, known: int, given: int) -> bool:
    """Whether a year that is one off may mean the same film. known: the catalogue's year. given: the other one.

    Letterboxd dates a film by its first showing and others by its release, so that a given year may be one late. A year
    that is one early mostly means another film, unless the title is long enough to be unique.
    """
    return given == known + 1 or (given == known - 1 and len(words(title).split()) >= EARLY_WORDS)


def one_spelling(word: str) -> str:
    """The word, with one spelling for a number ("7" for "seven" and "vii") and for some others ("gray" for "grey")."""
    return _SAME.get(word, word)


def begins_with_article(words: str) -> bool:
    """Whether these folded words begin with an article."""
    return _ARTICLE.match(words) is not None


def title_and_year(text: str) -> tuple[str, int | None]:
    """Title and year: "Heat (1995)" gives ("Heat", 1995). Without a year in brackets the year is None."""
    match = _TITLE_YEAR.match(text.strip())
    return (match[1], int(match[2])) if match else (text.strip(), None)


@cache
def _known_as() -> dict[str, str]:
    return {fold(name): fold(title) for title, names in KNOWN_AS.items() for name in names.split(" / ")}


def _article_first(title: str) -> str:
    title = title.strip()
    if ", " not in title:
        return title
    moved = _ARTICLE_BEHIND.match(title)
    return f"{moved[2]} {moved[1]}" if moved else title


def _whole(title: str) -> list[str]:
    if "(" not in title:
        return [title]
    return [title, _BRACKETS.sub("", title), *(_AKA.sub("", inside) for inside in _BRACKETS.findall(title))]


def _loose(title: str) -> str:
    text = f" {words(title)} ".replace(" 3 d ", " ")
    return " ".join([_SAME.get(word, word) for word in text.split() if word not in _DROPPED])


def _unique(keys: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, keys)))
