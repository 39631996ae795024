"""A query's text as lexemes, the pieces that the parser puts together, and what is said of them.

Which word is an operator is decided here. ``NOT`` and the like are, if they stand alone and in
capitals. A text all in capitals, of several words and nothing else, is a pasted headline: there
``TANPA`` is a word. In lower case they are words. What is no operator here but elsewhere is read as
the table in ``foreign`` says. A sign before a word excludes it, but not before a number below zero,
nor where it is a dash of a text (``dashes``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from index.analysis import fold
from index.patterns import on_use
from search.query import foreign
from search.query.lexeme import ENGLISH, OPERANDS, OPERATORS, Kind, Lexeme
from search.query.nearness import OPERATOR, is_sure, nearness
from search.response import Note

QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u301d\u301e'
"""Each of them opens and closes a phrase."""

_PAIRED = rf"[^{QUOTES}]* (?: [{QUOTES}] [^{QUOTES}]* [{QUOTES}] [^{QUOTES}]* )*"
INCHES = rf"""(?<= \d ) ["\u201d] (?= {_PAIRED} $ )"""
"""A sign behind a number that opens nothing: ``42"``; a verbose pattern."""
_SIGN = r"(?<! [^\s(:] )"
_CHUNK = rf"(?: (?! [{QUOTES}()] ) \S )+"
_COUNTED = r"(?: near | dekat | adj | atleast ) [0-9] | near \s [0-9] | TIDAK \s"
_TILDE = r"(?: \s (?= ~ \s? [0-9] ) )? ~ (?: \s (?= [0-9] ) )?"
_PLAIN_LEXEME = rf"""
    (?P<plain> (?! [NOAXWPB][A-Z] | DEKAT | TANPA | SENTENCE | {_COUNTED} )
               \w+ (?: [-.,'\u2019] \w+ )* ,? ) (?: \s | $ )
"""
_SIMPLE = re.compile(r"[A-Za-z0-9 ]*")
_BEGINS_PLAIN = on_use(_PLAIN_LEXEME, re.VERBOSE)
"""The first of those below, alone: it takes a tenth of the time to compile."""
_LEXEME = on_use(
    rf"""{_PLAIN_LEXEME}
  | (?P<space> \s+ | {INCHES} )
  | (?P<phrase> [{QUOTES}] (?P<inside> [^{QUOTES}]* )
        (?: (?P<close> [{QUOTES}] ) (?P<near> {_TILDE} [0-9]*
                                         (?= [\s),:;!?] | \.+ (?! \d ) | $ ) )? )? )
  | (?P<operator> {OPERATOR} )
  | (?P<span> {foreign.SPANS.pattern} )
  | (?P<left> \( )
  | (?P<right> \) )
  | (?P<minus> {_SIGN} (?: [-\u2212\u2010\u2011\ufe63] (?= [^\s\-\u2212] )
                         | (?<= \S \s ) \u2013 (?= [^\W\d] | [{QUOTES}(] ) ) )
  | (?P<plus> {_SIGN} \++ (?= [^\s+] ) )
  | (?P<exactly> (?<! [^\s(:+\-\u2212] ) = (?= [\w{QUOTES}(] ) (?! \S* = ) )
  | (?P<address> {foreign.ADDRESS.pattern} )
  | (?P<blank> {foreign.WITH_BLANK} ) : \s+ (?= \S )
  | (?P<field> [^\W\d_]+ (?: _ [^\W\d_]+ )* ) (?P<sign> : =? | [<>] =? | = ) (?= [^\s:/=] )
  | (?P<word> {_CHUNK} )
    """,
    re.VERBOSE,
)
_WORD = on_use(_CHUNK, re.VERBOSE)
_MARKS = {"left": Kind.LEFT, "right": Kind.RIGHT, "minus": Kind.MINUS, "plus": Kind.PLUS}
_MARKS["exactly"] = Kind.EXACTLY
_PLAIN: Mapping[int, int] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys([0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], 32),
}
"""Full-width characters to plain ones, and those that have no width to blanks."""
UNSEEN = on_use(r"(?<!\S)[\u00ad\u034f\u200c\u200d\u2060\ufeff]+")
"""What is not seen before a word, and no part of it."""
_TWICE = re.compile(r"""(?<!["\w])""(?=[^"\s])([^"]*)""(?!")""")
_QUOTED_OPERATOR = on_use(r"\(?(?:AND|OR|NOT|DAN|ATAU|TANPA|BUKAN|(?:O?NEAR|DEKAT|W)/[0-9]+)\)?")
_FIELD_ALONE = re.compile(r"[^\WA-Z]+:=?")
_PLAIN_WORD = (
    r"(?! (?: NOT | OR | AND | ATAU | TANPA | BUKAN | O?NEAR | DEKAT ) \b ) \w[\w.,;'\u2019-]*"
)
_EMPHASIS = on_use(
    rf"""(?<! [^\s(] ) (?: \* (?P<inside> (?: (?= [A-Z] ) {_PLAIN_WORD} (?: \s+ {_PLAIN_WORD} ){{2}}
                                             | {_PLAIN_WORD} (?: \s+ {_PLAIN_WORD} ){{3}} )
                                         (?: \s+ {_PLAIN_WORD} )* ) \*
        | \*\*+ (?P<doubled> \w[^*?"():]* ) (?<! \s ) \*\*+ ) (?= [\s.,;:!?)] | $ )""",
    re.VERBOSE,
)
_BELOW_ZERO = re.compile(
    rf"\d{{1,2}}:[0-5]\d|\d*[{foreign.FRACTIONS}](?!\w)|\d+(?:[.,]\d+)+|\d+(?=\s?[%\u00b0])|\d{{1,2}}(?!\w)"
)
"""What is no word that is excluded; nor is a time, behind a dash as it is."""

_INDONESIAN = {"DAN": Kind.AND, "ATAU": Kind.OR, "TANPA": Kind.NOT, "BUKAN": Kind.NOT}
_WORDS = ENGLISH | _INDONESIAN
_LOWER = frozenset({"and", "or", "not"})
_NO_PLAIN_WORDS = _LOWER.union(_WORDS)
NO_PLAIN = _LOWER | {"near"}  # a number behind it makes it an operator
"""Small letters that are no word among others like it."""
_SPANS = {"words": Kind.WORD, "and": Kind.AND, "or": Kind.OR, "not": Kind.NOT}
_NEEDS_NEIGHBOURS = frozenset({"XOR"})
_VALUES = frozenset({Kind.WORD, Kind.PHRASE, Kind.RIGHT})
_TOUCHING = frozenset(
    {Kind.MINUS, Kind.PLUS, Kind.EXACTLY, Kind.FIELD, Kind.STRANGER, Kind.STRANGE_FILTER}
)
_TYPED = _TOUCHING | OPERATORS
_HEADLINE_WORDS = 4
_TYPED_WORDS = 6
_MIN_UNKNOWN_FIELD = 3


def lexemes(text: str) -> tuple[list[Lexeme], list[Note]]:
    """The lexemes of a query, in order, and the notes on what was read otherwise than it may mean.

    Raises nothing.
    """
    if _SIMPLE.fullmatch(text) is not None and all(map(is_plain, text.split())):
        return _words_alone(text), []
    text = in_plain_characters(text)
    notes: list[Note] = []
    scan = _Scan(_without_emphasis(text, notes) if "*" in text else text)
    scan.notes[:0] = notes
    found = scan.found
    if any(one.kind is Kind.MINUS for one in found):
        from search.query.dashes import without_dashes  # few queries have a sign

        found = without_dashes(found, scan.notes)
    return _with_operators(text, found, scan.notes), scan.notes


def _words_alone(text: str) -> list[Lexeme]:
    """The lexemes of a text of words that are plain among others."""
    found, at = [], 0
    for word in text.split(" "):
        if word:
            found.append(Lexeme(Kind.WORD, word, at))
        at += len(word) + 1
    return found


def is_plain(word: str) -> bool:
    """Whether letters and digits are a word among others like it, whatever these are."""
    if word.islower() and word.isalpha():
        return word not in NO_PLAIN
    if word.isascii() and word.isdigit():
        return True
    found = _BEGINS_PLAIN.match(f"{word} 1")
    return word not in _NO_PLAIN_WORDS and found is not None and found["plain"] == word


def in_plain_characters(text: str) -> str:
    """The text with plain characters at the same places, and no quotation marks doubled."""
    if not text.isascii():
        text = UNSEEN.sub(lambda match: " " * len(match[0]), text.translate(_PLAIN))
    return _TWICE.sub(r' "\1" ', text)


def _without_emphasis(text: str, notes: list[Note]) -> str:
    """The text with blanks for the asterisks of pasted messages, around several words or doubled.

    ``*karta*`` and ``*karta pem*`` may be patterns.
    """

    def words(match: re.Match[str]) -> str:
        inside = match["inside"] or match["doubled"]
        reading = {"operator": match[0], "read_as": inside}
        notes.append(Note("unknown-operator", reading, match.start()))
        return match[0].replace("*", " ")

    return _EMPHASIS.sub(words, text)


class _Scan:
    """One pass over a text."""

    def __init__(self, text: str) -> None:
        self.found: list[Lexeme] = []
        self.notes: list[Note] = []
        self._text = text
        at = 0
        while at < len(text):
            match = _LEXEME.match(text, at)
            assert match is not None  # every character is white space, a mark or part of a word
            at = self._take(match)

    def _take(self, match: re.Match[str]) -> int:  # noqa: C901 - one branch a kind of lexeme
        """Adds what was matched; returns where to go on."""
        at, end = match.span()
        match match.lastgroup:
            case "space":
                pass
            case "plain":
                self._add(Kind.WORD, match["plain"], at)
            case "word":
                self._word(match[0], at)
            case "phrase":
                return self._phrase(match)
            case "blank":
                self._add(Kind.FIELD, fold(match["blank"]), at)
            case "span":
                return self._span(match)
            case "operator":
                return self._operator(match[0], at, end)
            case "sign":
                return self._field(match)
            case "address":
                self._add(Kind.WORD, match[0], at, literal=True)
            case "minus" if number := _BELOW_ZERO.match(self._text, end):
                facts = {"operator": f"{match[0]}{number[0]}", "excluded": number[0]}
                self._note("excludes-nothing", at, **facts)
            case mark:
                self._add(_MARKS[str(mark)], match[0], at)
        return end

    def _add(self, kind: Kind, text: str, at: int, *, literal: bool = False) -> None:
        self.found.append(Lexeme(kind, text, at, literal))

    def _note(self, code: str, at: int, **facts: str) -> None:
        self.notes.append(Note(code, facts, at))

    def _foreign(self, operator: str, reading: str, at: int) -> None:
        if reading:
            self._note("unknown-operator", at, operator=operator, read_as=reading)
        else:
            self._note("ignored-operator", at, operator=operator)

    def _phrase(self, match: re.Match[str]) -> int:
        """Words in quotation marks, and how near each other; returns where to go on."""
        if not match["close"]:
            self._note("unclosed-quote", match.start())
        inside, start = match["inside"], match.start("inside")
        for word in re.finditer(r"\S+", inside):
            reading = foreign.read_as(word[0], quoted=True)
            if _QUOTED_OPERATOR.fullmatch(word[0]) and not inside.isupper():
                operator = word[0].strip("()")
                at = start + word.start() + word[0].index(operator)
                self._note("quoted-operator", at, operator=operator)
            elif reading is not None:
                self._foreign(word[0], reading, start + word.start())
        written = match["near"] or ""
        if written[:1].isspace() and len(inside.split()) == 1:  # "beras" ~50: about so many
            written = ""
        sign = written.lstrip()
        near = nearness(sign, match.start("near") + len(written) - len(sign)) if sign else None
        self.found.append(Lexeme(Kind.PHRASE, inside, match.start(), near=near))
        return match.end() if sign or not match["near"] else match.start("near")

    def _operator(self, written: str, at: int, end: int) -> int:
        """An operator that asks for words near each other; a word, where it may be no operator.

        Returns where to go on.
        """
        before, after = self.found[-1].kind if self.found else None, self._text[end:].lstrip()[:1]
        joins = before in _VALUES and after not in {"", ")"}
        if (is_sure(written) and (before, after) != (Kind.LEFT, ")")) or (
            joins and not ((written.isalpha() or " " in written) and self._is_headline())
        ):
            written = written.rstrip(",;.:")
            near = nearness(written, at)
            self.found.append(Lexeme(Kind.NEAR, written, at, near=near))
            return end
        word = written.split(maxsplit=1)[0]
        self._word(word, at)
        return at + len(word)

    def _is_headline(self) -> bool:
        """Whether the text is in capitals, as headlines are that are pasted."""
        return self._text.isupper() and len(self._text.split()) > _HEADLINE_WORDS

    def _span(self, match: re.Match[str]) -> int:
        at, end = match.span()
        if match[0] in _NEEDS_NEIGHBOURS and (
            not (self.found and self.found[-1].kind in OPERANDS and self._text[end:].strip())
            or self._is_headline()
        ):
            self._word(match[0], at)
            return end
        kind = next((kind for name, kind in _SPANS.items() if match[name] is not None), None)
        reading = ""
        if kind is Kind.WORD:
            reading = foreign.plain(match[0])
            self._add(kind, reading, at, literal=True)
        elif kind is not None:
            reading = kind.name
            self._add(kind, match[0], at)
        self._foreign(match[0], reading, at)
        return end

    def _field(self, match: re.Match[str]) -> int:
        at, end = match.span()
        name, typed = fold(match["field"]), f"{match['field']}{match['sign']}"
        colon = typed.endswith((":", ":="))
        known = match["field"].isascii()  # others are only the same in small letters
        if known and name in foreign.OURS and colon:
            whole = typed.endswith("=")
            self.found.append(Lexeme(Kind.FIELD, name, at, whole=whole))
            return end
        if known and name in foreign.DATES:  # tanggal>=2023
            self._add(Kind.FIELD, name, at)
            return end if match["sign"] == "=" else match.end("field")
        near = (name,) if known and name in foreign.OURS else foreign.nearest_fields(name)
        if near is None:
            return self._chunk(at, is_field=colon)
        is_text = bool(near) and near[0] in foreign.IN_TEXT
        self._note(
            "unknown-field" if is_text else "unknown-filter",
            at,
            field=typed,
            near=foreign.named(near),
        )
        self._add(Kind.STRANGER if is_text else Kind.STRANGE_FILTER, typed, at)
        return end

    def _chunk(self, at: int, *, is_field: bool) -> int:
        """A word with a sign of fields in it that are none.

        Where it begins as a field would, it may be meant as one; in pasted text a blank may be
        missing.
        """
        found = _WORD.match(self._text, at)
        assert found is not None  # it begins with a letter
        text = found[0]
        name, _, value = text.partition(":")
        if is_field and len(name) >= _MIN_UNKNOWN_FIELD and name.islower() and value[:1].isalpha():
            self._foreign(text, foreign.plain(text), at)
        self._word(text, at)
        return found.end()

    def _word(self, text: str, at: int) -> None:
        reading = foreign.read_as(text)
        if reading is not None:
            self._foreign(text, reading, at)
        elif _FIELD_ALONE.fullmatch(text) and fold(name := text.rstrip(":=")) in foreign.OURS:
            self._note("field-without-value", at, field=name)
        self._add(Kind.WORD, text if reading is None else reading, at, literal=reading is not None)


def _with_operators(text: str, found: list[Lexeme], notes: list[Note]) -> list[Lexeme]:
    """The lexemes, of which words that are operators are known as such."""
    if _NO_PLAIN_WORDS.isdisjoint([one.text for one in found]):
        return found
    words = [one for one in found if one.kind is Kind.WORD and not one.literal]
    if not any(one.text in _WORDS or one.text in _LOWER for one in words):
        return found
    is_headline = (
        text.isupper()
        and sum(one.text not in _WORDS for one in words) >= _HEADLINE_WORDS
        and all(one.kind is Kind.WORD and one.text not in ENGLISH for one in found)
    )
    is_typed = (text.islower() and len(words) <= _TYPED_WORDS) or any(
        one.kind in _TYPED or one.text in _WORDS for one in found
    )
    read = []
    for at, one in enumerate(found):
        kind = None
        if one.kind is Kind.WORD and not one.literal and not _touches(found, at):
            kind = _WORDS.get(one.text)
        if kind is not None and is_headline and one.text in _INDONESIAN:
            if kind is not Kind.AND:
                notes.append(Note("operator-as-word", {"operator": one.text}, one.position))
            kind = None
        elif is_typed and one.text in _LOWER and _is_between(found, at):
            operator = {"word": one.text, "operator": one.text.upper()}
            notes.append(Note("lower-case-operator", operator, one.position))
        read.append(one if kind is None else replace(one, kind=kind))
    return read


def _touches(found: list[Lexeme], at: int) -> bool:
    """Whether what stands before a lexeme makes it a word; ``(DAN)`` is a short form."""
    if not at:
        return False
    before, after = found[at - 1].kind, found[at + 1].kind if at + 1 < len(found) else None
    return before in _TOUCHING or (before is Kind.LEFT and after is Kind.RIGHT)


def _is_between(found: list[Lexeme], at: int) -> bool:
    """Whether a lexeme stands between operands."""
    return (
        0 < at < len(found) - 1
        and found[at - 1].kind in OPERANDS
        and found[at + 1].kind in {*OPERANDS, Kind.FIELD}
    )
