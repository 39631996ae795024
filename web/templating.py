"""The templates of pages, compiled once for each language, and the rendering of one.

A template is compiled for a language, and what is known by then is not asked anew for each page:

- ``_("...")`` and ``ngettext("...", "...", n)`` are the sentences themselves, ``reader_language()``
  is the language, and the filters ``number``, ``day`` and ``clock`` write in it;
- ``include`` puts the template of a name in its place, which then knows the names around it;
- what Jinja looks for at each name and call, ``page_code`` writes as Python does it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, TemplateAssertionError, nodes
from jinja2.visitor import NodeTransformer

from index.bilingual import Language
from web import page_names
from web.language import LANGUAGES, reader_language, translations
from web.page_code import PageCode

FOLDER = Path(__file__).parent / "templates"

_PLACE = re.compile(r"%(?:\((\w+)\)s|%)")
"""Where a sentence has a value, or a percent sign."""


def render(template: str, **given: Any) -> str:
    """The page that a template makes of what it is given, in the reader's language."""
    known = environment(reader_language())
    found = known.get_template(template)
    context = found.new_context(given)
    try:
        return "".join(found.root_render_func(context))
    except Exception:  # noqa: BLE001 - with the lines of the template in its traceback
        known.handle_exception()
    finally:
        # It and its macros hold each other, and so all that was given, until Python looks for such
        # circles: after a thousand pages, which takes it a quarter of a second.
        context.parent.clear()
        context.vars.clear()


def compile_all() -> None:
    """Compile every template for each language, which the first page of each would do else."""
    for language in LANGUAGES:
        known = environment(language)
        for name in known.list_templates():
            known.get_template(name)


@cache
def environment(language: Language) -> Environment:
    """The templates in a language."""
    made = _Environment(language)
    made.globals.update(page_names.names(language))
    made.filters.update(page_names.filters(language))
    return made


class _Environment(Environment):
    """Jinja's, whose templates are of one language."""

    code_generator_class = PageCode

    def __init__(self, language: Language) -> None:
        super().__init__(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.language = language

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names that all templates know; none has names of its own."""
        assert not d
        return self.globals

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        found: nodes.Template = _Known(self).visit(super()._parse(source, name, filename))
        found.set_environment(self)
        return found

    def body_of(self, template: str) -> list[nodes.Node]:
        """What stands in a template."""
        assert self.loader is not None
        source, filename, _ = self.loader.get_source(self, template)
        return self._parse(source, template, filename).body


class _Known(NodeTransformer):
    """Puts what is known of a language, and included templates, in the place of asking for it."""

    def __init__(self, environment: _Environment) -> None:
        self._environment = environment

    def visit_Include(self, node: nodes.Include) -> list[nodes.Node]:  # noqa: N802
        """The template in the place of its name."""
        return self._environment.body_of(_text(node.template))

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802
        """What is put out, the pieces of sentences one by one."""
        self.generic_visit(node)
        node.nodes = [
            piece
            for child in node.nodes
            for piece in (child.nodes if isinstance(child, nodes.Concat) else [child])
        ]
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        """A sentence or the language where they are called for, else the call."""
        self.generic_visit(node)
        language = self._environment.language
        values = {one.key: one.value for one in node.kwargs}
        match node.node, node.args:
            case nodes.Name(name="reader_language"), []:
                return nodes.Const(language, lineno=node.lineno)
            case nodes.Name(name="_"), [one]:
                said = translations(language).ugettext(_text(one))
                return _sentence(said, values, node.lineno)
            case nodes.Name(name="ngettext"), [one, several, number]:
                singular, plural = (
                    translations(language).ungettext(_text(one), _text(several), some)
                    for some in (1, 2)
                )
                is_one = nodes.Compare(number, [nodes.Operand("eq", nodes.Const(1))])
                many = _sentence(plural, values, node.lineno)
                if singular == plural:
                    return many
                alone = _sentence(singular, values, node.lineno)
                return nodes.CondExpr(is_one, alone, many, lineno=node.lineno)
        return node


def _text(node: nodes.Node) -> str:
    if not isinstance(node, nodes.Const):
        raise TemplateAssertionError("only a text that stands there is known", node.lineno)
    return str(node.value)


def _sentence(said: str, values: dict[str, nodes.Expr], line: int) -> nodes.Expr:
    """The sentence, with the values in their places."""
    pieces = list(_pieces(said, values, line))
    return pieces[0] if len(pieces) == 1 else nodes.Concat(pieces, lineno=line)


def _pieces(said: str, values: dict[str, nodes.Expr], line: int) -> Iterator[nodes.Expr]:
    text, end = "", 0
    for place in _PLACE.finditer(said):
        text += said[end : place.start()]
        end = place.end()
        if place[1] is None:
            text += "%"
        else:
            yield nodes.TemplateData(text, lineno=line)
            yield values[place[1]]
            text = ""
    yield nodes.TemplateData(text + said[end:], lineno=line)
