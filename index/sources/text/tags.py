"""What in a text counts as HTML: its tags, its entities, and whether they are markup or prose.

A ``<`` begins a tag only before the name of an element of HTML (or a namespaced one, as word
processors leave them) and what may follow it there; ``a<b dan c>d`` and ``<rina@contoh.id>`` have
none. An ``&`` begins an entity only with a known name and its semicolon. Names: HTML Living
Standard, "Indices" and "Named character references".
"""

from __future__ import annotations

import html
import re
from html.entities import html5

DROPPED = frozenset(
    (
        *(
            "annotation",
            "applet",
            "audio",
            "button",
            "canvas",
            "datalist",
            "embed",
            "head",
            "iframe",
        ),
        *("noembed", "noframes", "noscript", "object", "script", "select", "style", "svg"),
        *("template", "textarea", "title", "video", "xml"),
    )
)
"""What is no text of an article, with all that is in it."""

PARAGRAPHS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog"),
        *("dir", "div", "dl", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2"),
        *(
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hgroup",
            "hr",
            "html",
            "legend",
            "main",
            "menu",
            "nav",
        ),
        *("ol", "p", "pre", "search", "section", "summary", "table", "ul"),
    )
)
LINES = frozenset(("caption", "dt", "li", "tbody", "tfoot", "thead", "tr"))
CELLS = frozenset(("td", "th"))
BLOCKS = PARAGRAPHS | LINES | CELLS

_CODE = frozenset(("script", "style"))
_CLOSED_AT_ONCE = re.compile(
    rf"<({'|'.join(sorted(DROPPED, key=len, reverse=True))})\b([^<>]{{0,4000}}+)(?<=/)>",
    re.IGNORECASE,
)
"""``<iframe src="…" />``: XHTML, of which HTML ignores the slash."""

_DROPPED_ELEMENT = re.compile(f"<(?:{'|'.join(sorted(DROPPED))})")

_VOID = frozenset(
    (
        *("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "param", "source"),
        *("track", "wbr", "frame", "bgsound", "basefont"),
    )
)
_INLINE = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "blink", "cite", "code", "colgroup"),
        *(
            "data",
            "del",
            "dfn",
            "em",
            "font",
            "frameset",
            "i",
            "ins",
            "kbd",
            "label",
            "map",
            "mark",
        ),
        *(
            "marquee",
            "math",
            "meter",
            "nobr",
            "optgroup",
            "option",
            "output",
            "picture",
            "progress",
            "q",
        ),
        *("mi", "mn", "mo", "mrow", "mtext", "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup"),
        *("mover", "munder", "munderover", "mtable", "mtr", "mtd", "mstyle", "semantics"),
        *("rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup"),
        *("time", "tt", "u", "var"),
    )
)

_ALONE = frozenset(
    (
        *("blockquote", "br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p"),
        *("pre", "table", "td", "th", "tr", "ul"),
    )
)
"""Elements of which one tag is sign enough: they need no end, or their end alone is found."""


def _any_of(names: frozenset[str]) -> str:
    """Matches one of the names in whatever case, the longest first.

    The engine skips branches by their first character, but not where case is ignored for it.
    """
    branches = []
    for first in sorted({name[0] for name in names}):
        rests = sorted((name[1:] for name in names if name[0] == first), key=len, reverse=True)
        branches.append(f"[{first}{first.upper()}](?i:{'|'.join(rests)})")
    return f"(?:{'|'.join(branches)})"


_NAMES = DROPPED | BLOCKS | _VOID | _INLINE
_FOREIGN = r"(?:[AaFfGgMmOoSsVvWw](?i:mp|b|t1|vg)?[:-][A-Za-z][\w-]{0,40}+)"
_KNOWN = f"(?:{_any_of(_NAMES)}|{_FOREIGN})"
_UNKNOWN = r"[A-Za-z][\w:-]{0,40}+"
_SWITCHES = (
    "allowfullscreen|async|autoplay|checked|controls|defer|disabled|hidden|itemscope|loop|muted"
    "|nowrap|open|reversed|selected|required|novalidate|placeholder|fallback|overflow|noloading"
    r"|contenteditable|playsinline|amp|data-[\w-]{1,60}|_ng[\w-]{1,60}|v-[a-z-]{1,30}"
)
_BEHIND_LESS_THAN = (
    rf"/{_KNOWN}(?:\s[^<>]{{0,99}}+)?>|{_KNOWN}(?:\s{{0,99}}+/?>"
    rf"|\s{{1,99}}+(?:[A-Za-z_:@*][\w:.@-]{{0,80}}+\s{{0,9}}+=|(?i:{_SWITCHES})[\s/>]))"
    r"|!(?i:doctype\s|\[(?:if|endif)\b)|\?(?i:xml|php)\b"
)
_TAG = re.compile(f"<(?=[A-Za-z/!?])(?:{_BEHIND_LESS_THAN})")
_COMMON = (
    "/?(?:p|b|i|u|a|em|br|li|ul|ol|div|span|strong|h[1-6])(?: ?/?>| (?:style|class|href|id|dir)=)"
)
"""What most tags look like, told apart from all others in a tenth of the time."""
_NO_TAG = re.compile(
    # In what is HTML for certain, unknown elements are told by an attribute or by their end.
    rf"<(?!{_COMMON})(?:(?![A-Za-z/!?])|(?!{_BEHIND_LESS_THAN}|!--|{_UNKNOWN}\s{{1,9}}+[A-Za-z][\w:-]{{0,40}}+="
    r"[\"']|/[A-Za-z]\w{0,20}-[\w-]{1,40}>))"
)
_NAME = re.compile(r"</?([\w:-]+)")

_SPEAKING_OF_IT = re.compile(
    r"(?:\b(?:tags?|elemen(?:ts?)?|kode|perintah|penanda|atribut|sintaks|simbol|lambang|tanda|html"
    r"|entitas|karakter|antara|gunakan|menggunakan|pakai|memakai|tulis|tuliskan|menulis|ketik"
    r"|ketikkan|mengetik|sisipkan|menyisipkan|tambahkan|menambahkan)"
    r"(?: (?:seperti|pembuka|penutup))?) $",
    re.IGNORECASE,
)
_BETWEEN_MENTIONS = re.compile(r"""["'`”’),\s]*(?:dan|atau|hingga|serta|,|\.\.\.|…)?["'`“‘(\s]*""")
_QUOTED = {('"', '"'), ("'", "'"), ("`", "`"), ("“", "”"), ("‘", "’"), ("(", ")")}


def is_markup(text: str) -> bool:
    """Whether the text is HTML rather than prose in which ``<`` occurs.

    One sign is enough: a comment, an attribute, a closing tag of what was opened, an element that
    needs none. A tag that the text speaks of (``tag <b> dan </b>``, ``"<br>"``) is no sign, nor is
    a single inline tag that nothing closes.
    """
    if ">" not in text and "=" not in text:
        return False
    start = text.find("<!--")
    if start >= 0 and text.find("-->", start) >= 0:
        return True
    opened: set[str] = set()
    end_of_mention = -1
    for match in _TAG.finditer(text):
        if _is_mentioned(text, match, end_of_mention):
            end_of_mention = match.end()
            continue
        found = _NAME.match(match[0])
        if found is None or not match[0].endswith(">"):  # a declaration, an attribute
            return True
        name = found[1].lower()
        if name in opened or name in _ALONE:
            return True
        if match[0][1] == "/":
            continue
        opened.add(name)
        if _stands_before_a_word(text, match):
            return True
    return False


def _is_mentioned(text: str, match: re.Match[str], end_of_mention: int) -> bool:
    start, end = match.span()
    if not match[0].endswith(">"):
        end = text.find(">", end, end + 300) + 1 or end
    if (text[start - 1 : start], text[end : end + 1]) in _QUOTED:
        return True
    near = end_of_mention >= 0 and start - end_of_mention < 20
    if near and _BETWEEN_MENTIONS.fullmatch(text, end_of_mention, start) is not None:
        return True
    if text[end : end + 1].isalnum():  # kode <b>rahasia</b>
        return False
    return _SPEAKING_OF_IT.search(text[max(0, start - 24) : start]) is not None


def _stands_before_a_word(text: str, match: re.Match[str]) -> bool:
    """An inline tag that is never closed: at the start of a line, with its word right behind."""
    start, end = match.span()
    return text[start - 1 : start] in {"", "\n", ">"} and text[end : end + 1].isalnum()


_SHORT_ENTITIES = frozenset(
    (
        *("lt", "gt", "LT", "GT", "amp", "AMP", "shy", "reg", "deg", "yen", "eth", "ETH", "uml"),
        *("zwj", "lrm", "rlm", "le", "ge", "ne", "mu", "pi"),
    )
)
"""Entities of less than four letters, without those that are words: ``&or;``, ``&sub;``."""

_ENTITY_NAME = r"[A-Za-z][A-Za-z0-9]{1,31};"
_ENTITY = re.compile(
    rf"&(?:#[0-9]{{1,7}};|#[xX][0-9A-Fa-f]{{1,6}};|{_ENTITY_NAME}"
    # Two that are sure enough without a semicolon.
    r"|#[0-9]{3,5}(?![0-9;])|nbsp(?![A-Za-z0-9;=]))"
)
_NO_ENTITY = re.compile(rf"&(?!#[0-9xX]|nbsp\b|{_ENTITY_NAME})")
_NAMED = re.compile(f"&({_ENTITY_NAME})")


_NO_SEMICOLON = re.compile(
    r"&(nbsp|[lr][ds]quo|[mn]dash|hellip)(?![;=]|[a-z]{0,30};)"
    r"|&(amp|lt|gt|quot|copy|reg)(?=[\s,.!?)\"'<]|\Z)"
)
"""Entities that are sure enough without a semicolon, some of them only before a blank."""


def with_semicolons(text: str) -> str:
    """The text with the semicolons that certain entities lack: ``&nbspnaik``, ``R&amp D``."""
    if _NO_SEMICOLON.search(text) is None:
        return text
    return _NO_SEMICOLON.sub(lambda match: f"&{match[1] or match[2]};", text)


def has_entity(text: str, *, again: bool = False) -> bool:
    """Whether the text holds an entity that is certainly one.

    ``again``: entities were decoded in it already, so that one it speaks of is left.
    """
    found = _ENTITY.finditer(text)
    return any(_is_entity(one[0]) and not (again and _is_spoken_of(one)) for one in found)


def without_entities(text: str, *, again: bool = False) -> str:
    """The text with its entities decoded once, no-break spaces as blanks."""
    return _ENTITY.sub(_decoded_again if again else _decoded, text)


def _is_spoken_of(match: re.Match[str]) -> bool:
    """``Tulis &amp; untuk``: the text is about the entity."""
    text, start, end = match.string, match.start(), match.end()
    before, behind = text[start - 1 : start], text[end : end + 1]
    if behind.isalnum() or (before, behind) in _QUOTED:
        return not behind.isalnum()
    return before == " " and _SPEAKING_OF_IT.search(text[max(0, start - 24) : start]) is not None


def _is_entity(text: str) -> bool:
    name = text[1:-1]
    if name[0] == "#" or text == "&nbsp":
        return True
    if len(name) < 4 and name not in _SHORT_ENTITIES:
        return False
    return text[1:] in html5 or name.lower() in {"nbsp", "quot"}


def _decoded_again(match: re.Match[str]) -> str:
    return match[0] if _is_spoken_of(match) else _decoded(match)


def _decoded(match: re.Match[str]) -> str:
    if not _is_entity(match[0]):
        return match[0]
    name = match[0] if match[0][1:] in html5 or match[0][1] == "#" else match[0].lower()
    return html.unescape(name).replace("\xa0", " ")


_OWN_END = re.compile(r"</([A-Za-z]\w{0,20}-[\w-]{1,40})>")
"""The end of an element that a site has made up (HTML Living Standard, "Custom elements")."""

_MOST_OWN = 50
_CUT_NAME = re.compile(r"(?<![A-Za-z0-9])<([A-Za-z][A-Za-z0-9]{0,11})\Z")
_CUT_END = re.compile(
    r"(?:</[A-Za-z0-9]{0,12}|<!--[^<>]{0,200}|&(?:nbs?|amp?|quot?|[lr][ds]?qu?o?|[mn]das?h?|hel?l?i?|#[0-9x]{0,4}))\Z"
)
"""A closing tag or an entity of which the end was cut off with the text's."""


def _without_cut_end(text: str) -> str:
    end = text[-300:]
    cut = _CUT_END.search(end)
    if cut is None:
        cut = _CUT_NAME.search(end)
        if cut is None or not any(name.startswith(cut[1].lower()) for name in _NAMES):
            return text
    return text[: len(text) - len(cut[0])]


_ATTRIBUTES = (
    r"<[A-Za-z][\w:-]{0,20}(?:\s{1,9}+[\w:-]{1,40}\s{0,3}=\s{0,3}(?:\"[^\"<>]{0,500}+\"|'[^'<>]{0,500}+'))*+"
    r"\s{1,9}+[\w:-]{1,40}\s{0,3}=\s{0,3}"
)
_MAYBE_UNCLOSED = re.compile(r"""=(?:"[^"<>]{0,500}+|'[^'<>]{0,500}+)>""")
_UNCLOSED_VALUE = re.compile(
    rf"(?P<double>{_ATTRIBUTES}\"[^\"<>]{{0,500}}+)>(?=[^\"]*+(?:\Z|\"[^\s/>\"]))"
    rf"|(?P<single>{_ATTRIBUTES}'[^'<>]{{0,500}}+)>(?=[^']*+(?:\Z|'[^\s/>']))"
)
"""``<p class="satu>``: the quotation mark that comes next does not end the value, or none comes."""


def _closed_value(match: re.Match[str]) -> str:
    return f'{match["double"]}">' if match["double"] else f"{match['single']}'>"


def _guarded_entity(match: re.Match[str]) -> str:
    return match[0] if _is_entity(match[0]) else f"&amp;{match[1]}"


def guarded(text: str) -> str:
    """HTML in which what is no markup is escaped, so that a parser gives it back as it is.

    Elements that a parser would take to go on to the end of the text are closed where they begin.
    """
    if "<![CDATA[" in text:
        text = text.replace("<![CDATA[", "").replace("]]>", "")
    text = text.replace("--!>", "-->")
    text = _without_cut_end(text)
    if "-" in text and (own := set(_OWN_END.findall(text))) and len(own) < _MOST_OWN:
        for name in own:
            text = text.replace(f"<{name}>", "")
    if _MAYBE_UNCLOSED.search(text) is not None:
        text = _UNCLOSED_VALUE.sub(_closed_value, text)
    text = _NO_TAG.sub("&lt;", text)
    last = text.rfind("-->")
    text = text[: last + 1] + text[last + 1 :].replace("<!--", "&lt;!--")
    text = _NO_ENTITY.sub("&amp;", text)
    if not all(_is_entity(f"&{name}") for name in set(_NAMED.findall(text))):
        text = _NAMED.sub(_guarded_entity, text)
    lowered = text.lower()
    if _DROPPED_ELEMENT.search(lowered) is None:
        return text
    text = _CLOSED_AT_ONCE.sub(r"<\1\2></\1>", text)
    lowered = text.lower()
    for name in DROPPED - _CODE:
        if f"<{name}" in lowered and f"</{name}" not in lowered:
            text = re.sub(rf"(?i)<{name}\b[^<>]*>", rf"\g<0></{name}>", text)
    return text
