"""Templates compiled for a language say what plain Jinja says of the same."""

from __future__ import annotations

import gc
from functools import partial
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, TemplateAssertionError
from markupsafe import Markup, escape

from index.bilingual import Language
from search.response import SearchResponse
from web.formatting import engine_html, number
from web.language import LANGUAGES, translations
from web.templating import FOLDER, compile_all, environment


def plain(language: Language) -> Environment:
    """Jinja as it comes, with the sentences of a language."""
    made = Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n"]
    )
    known = translations(language)
    made.install_gettext_callables(  # type: ignore[attr-defined]
        known.ugettext, known.ungettext, newstyle=True
    )
    made.globals["reader_language"] = lambda: language
    made.filters["number"] = partial(number, language=language)
    made.filters["engine_html"] = engine_html
    return made


class Thing:
    """Something with attributes and methods."""

    name = "<b> & 'c'"

    def said(self, word: str, *, loud: bool = False) -> str:
        """The word, perhaps in capitals."""
        return word.upper() if loud else word


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "source",
    [
        "<p>{{ _('Help') }}</p>",
        "{{ _('Page %(number)s', number=text) }}|{{ _('Page %(number)s', number=safe) }}",
        "<a title=\"{{ _('Page %(number)s', number=number) }}\">",
        "{% set told = _('Page %(number)s', number=text) %}{{ told }}{{ told|length }}",
        (
            "{% for n in (0, 1, 2) %}"
            "{{ ngettext('%(count)s article', '%(count)s articles', n, count=n) }}"
            "{% endfor %}"
        ),
        (
            "{% set few = ngettext('%(count)s article', '%(count)s articles', 1, count=text) %}"
            "{{ few }}"
        ),
        "{{ reader_language() }}{% if reader_language() == 'id' %}ya{% else %}no{% endif %}",
        "{{ text }}{{ safe }}{{ number }}{{ none }}{{ missing }}{{ thing.name }}",
        "{{ thing.said(text) }}{{ thing.said(text, loud=true) }}{{ thing.said(word='x') }}",
        (
            "{% for one in things if one %}"
            "{{ loop.index }}{{ one }}{{ ', ' if not loop.last }}"
            "{% endfor %}"
        ),
        (
            "{% macro of(a, b='<') %}[{{ a }}{{ b }}]{% endmacro %}"
            "{{ of(text) }}{{ of(safe, b=number) }}"
        ),
        "{{ _('Help') if number else text }}{{ text or _('Help') }}{{ text ~ number }}",
        "  {% if number %}\n  a\n  {% endif %}\n{%- set x = 1 -%}\n{{ x }}{# said #}\n",
        "{{ mapping['<k>'] }}{{ mapping['none'] }}{{ {'a': text}['a'] }}{{ text[:3] }}",
        "{% block one %}{{ text }}{% endblock %}",
        "{% block a %}{{ text }}{% block b %}<{{ safe }}>{% endblock %}{{ number }}{% endblock %}",
        "{{ -5|number }}{{ number|number }}{{ 999|number }}{{ 1000|number }}{{ 123456|number }}",
        "{{ 1.25|number }}{{ 12.5|number ~ text }}{{ number|number|upper }}",
        "{{ text|engine_html }}{{ safe|engine_html }}",
        "{{ text|engine_html ~ text }}{{ (text ~ safe)|engine_html }}{{ text|engine_html|upper }}",
        "{% set x = text %}{% macro of() %}{{ x }}{% endmacro %}{{ of() }}",
        (
            "{% block one %}{% set x = text %}{% macro of(a) %}{{ a }}{{ text }}{% endmacro %}"
            "{{ of(x) }}{% endblock %}"
        ),
        (
            "{% block one %}{% set x = text %}{% macro of() %}[{{ x }}]{% endmacro %}"
            "{{ of() }}{{ x }}{% endblock %}"
        ),
        (
            "{% set x = text %}{% macro of() %}[{{ x }}]{% endmacro %}"
            "{% block one %}{{ x }}{{ text }}{{ of() }}{% endblock %}"
        ),
        "{% for one in things %}{% macro of() %}{{ one }}{% endmacro %}{{ of() }}{% endfor %}",
    ],
)
def test_it_says_what_plain_jinja_says(source: str, language: Language) -> None:
    given: dict[str, Any] = {
        "text": "<i>\"'&",
        "safe": Markup("<i>"),
        "number": 3,
        "thing": Thing(),
        "things": ["<", "", "b"],
        "mapping": {"<k>": "<v>"},
    }
    expected = plain(language).from_string(source).render(given)
    assert environment(language).from_string(source).render(given) == expected


VALUES = "{{ value }}|{{ value ~ '<' }}|{{ '<p>' if value else value }}"
TEXTS = st.text() | st.text("<>&'\"ab")


@given(
    value=TEXTS
    | TEXTS.map(Markup)
    | TEXTS.map(escape)
    | st.integers()
    | st.floats()
    | st.booleans()
    | st.none()
)
def test_a_value_is_escaped_as_everywhere(value: object) -> None:
    as_ever, compiled = (of.from_string(VALUES) for of in (plain("en"), environment("en")))
    assert compiled.render(value=value) == as_ever.render(value=value)


@pytest.mark.parametrize("name", sorted(file.name for file in FOLDER.glob("*.html")))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_is_compiled(name: str, language: Language) -> None:
    assert environment(language).get_template(name).name == name


def test_an_attribute_that_is_not_there_is_an_error() -> None:
    with pytest.raises(AttributeError):
        environment("en").from_string("{{ thing.nmae }}").render(thing=Thing())


@pytest.mark.parametrize(
    "source",
    [
        "{{ _(text) }}",
        "{{ f(*things) }}",
        "{% call f() %}{% endcall %}",
        "{% include name %}",
        "{% autoescape false %}{{ text }}{% endautoescape %}",
        "{{ number|number('id') }}",
        "{{ text|engine_html(trusted=true) }}",
    ],
)
def test_what_cannot_be_known_beforehand_is_refused(source: str) -> None:
    with pytest.raises(TemplateAssertionError):
        environment("en").from_string(source)


@pytest.mark.parametrize("call", ["of(1, c=2)", "of(1, a=2)", "of(1, 2, 3)"])
def test_a_macro_takes_what_it_names_and_once(call: str) -> None:
    source = f"{{% macro of(a, b=1) %}}{{{{ a }}}}{{% endmacro %}}{{{{ {call} }}}}"
    for of in (plain("en"), environment("en")):
        with pytest.raises(TypeError):
            of.from_string(source).render()


@given(text=TEXTS)
def test_what_an_engine_made_is_the_text_itself(text: str) -> None:
    """So a page may put it out without asking the filter."""
    assert engine_html(text) == text


def test_an_included_template_knows_the_names_around_it() -> None:
    source = (
        '{% for date in [none] %}{% set facets = {"source": s} %}{% include "_dateline.html" %}'
    )
    found = environment("en").from_string(source + "{% endfor %}").render(s="<s>")
    assert found == (
        '<p class="dateline"><bdi class="dateline-source">&lt;s&gt;</bdi>'
        "<span>without a date</span></p>"
    )


def test_compiled_beforehand_no_page_compiles_a_template(monkeypatch: pytest.MonkeyPatch) -> None:
    compile_all()
    with monkeypatch.context() as patched:
        patched.setattr(Environment, "compile", None)
        for language in LANGUAGES:
            for path in FOLDER.iterdir():
                assert environment(language).get_template(path.name).name == path.name


def test_nothing_that_a_page_was_given_outlives_it(client: FlaskClient) -> None:
    """Circles would be left to Python's search for garbage, which takes a quarter of a second."""
    client.get("/search?q=harga+beras")
    gc.collect()
    gc.disable()
    try:
        before = _responses()
        assert client.get("/search?q=harga+beras").status_code == 200
        assert _responses() == before
    finally:
        gc.enable()


def _responses() -> list[int]:
    """Which responses there are; other tests may keep some."""
    return sorted(id(one) for one in gc.get_objects() if isinstance(one, SearchResponse))
