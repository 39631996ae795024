"""The templates of pages, compiled once for each language, and the rendering of one.

A page of results has two hundred calls and five hundred attributes, and what Jinja does at each of
them, beside what Python does, would be most of the time that a page takes. Here a template is
compiled for a language, and what is known by then is not asked anew for each page:

- ``_("...")`` and ``ngettext("...", "...", n)`` are the sentences themselves, ``reader_language()``
  is the language, and the filters ``number``, ``day`` and ``clock`` write in it;
- ``include`` puts the template of a name in its place, which then knows the names around it;
- a call is a call, without a search for functions that want to know the context: there are none;
- ``x.y`` is an attribute and never an item; one that is not there raises ``AttributeError``;
- text is escaped as ever, but into a plain string, as it only becomes a part of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, TemplateAssertionError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape
from markupsafe import _escape_inner as escaped  # type: ignore[attr-defined]

from index.bilingual import Language
from web import page_names
from web.language import LANGUAGES, reader_language, translations

FOLDER = Path(__file__).parent / "templates"

_PLACE = re.compile(r"%(?:\((\w+)\)s|%)")
"""Where a sentence has a value, or a percent sign."""

_PLAIN = frozenset({"number"})
"""Filters whose texts have nothing to escape."""


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


def html_of(value: object) -> str:
    """The value as it stands in a page: escaped unless it is HTML already, as ``escape`` has it.

    Without the object around the text, which takes ten times as long as looking through it.
    """
    if type(value) is str:
        return str(escaped(value))
    if type(value) is int:
        return str(value)
    return value if type(value) is Markup else escape(value)


def joined(pieces: Sequence[object]) -> str:
    """The pieces as one text; where one is HTML, the others are escaped (``markup_join``)."""
    if Markup in map(type, pieces):
        return Markup("".join(map(html_of, pieces)))  # noqa: S704 - all are escaped
    return "".join(map(str, pieces))


class _Code(CodeGenerator):
    """Writes calls, attributes and escaping in Python's own way."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """The module of a template, which knows ``escaped``, ``html_of`` and ``joined``."""
        self.writeline(f"from {__name__} import escaped, {html_of.__name__}, {joined.__name__}")
        super().visit_Template(node, frame)

    def visit_Call(  # noqa: N802
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,
    ) -> None:
        """A call as it stands."""
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            self.fail("neither call blocks nor unpacked arguments are known here", node.lineno)
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """An attribute as it stands."""
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        """Pieces as one text, escaped where one of them is HTML."""
        self.write(f"{joined.__name__}((")
        for piece in node.nodes:
            self.visit(piece, frame)
            self.write(", ")
        self.write("))")

    def visit_Import(self, node: nodes.Import, frame: Frame) -> None:  # noqa: N802
        """Macros of another template: they know the names of all templates, and no others."""
        if node.with_context:
            self.fail("what is imported does not know the names around it", node.lineno)
        self.writeline(f"{frame.symbols.ref(node.target)} = ", node)
        if frame.toplevel:
            self.write(f"context.vars[{node.target!r}] = ")
        self.write("environment.get_template(")
        self.visit(node.template, frame)
        self.write(").module")
        if frame.toplevel and not node.target.startswith("_"):
            self.writeline(f"context.exported_vars.discard({node.target!r})")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802
        """What is put out as one text, constants as they are and the rest by ``html_of``."""
        if frame.require_output_check:
            # Outside of the blocks of a template that extends another, nothing is put out.
            if not self.has_known_extends:
                self.fail("extends stands at the beginning", node.lineno)
            return
        pieces: list[str | nodes.Expr] = []
        for child in node.nodes:
            try:
                text = str(escape(child.as_const(frame.eval_ctx)))
            except nodes.Impossible:
                pieces.append(child)
                continue
            if pieces and isinstance(pieces[-1], str):
                pieces[-1] += text
            else:
                pieces.append(text)
        self.writeline("yield " if frame.buffer is None else f"{frame.buffer}.append(", node)
        several = len(pieces) > 1
        self.write("concat((" if several else "")
        for piece in pieces:
            if isinstance(piece, str):
                self.write(repr(piece))
            else:
                self._write_html(piece, frame)
            self.write(", " if several else "")
        self.write("))" if several else "")
        self.write("" if frame.buffer is None else ")")

    def _write_html(self, piece: nodes.Expr, frame: Frame) -> None:
        """What ``html_of`` makes of the piece; texts, which most are, without a call of it."""
        if isinstance(piece, nodes.Filter) and piece.name in _PLAIN:
            self.visit(piece, frame)
            return
        self.write("(escaped(_piece) if type(_piece := (")
        self.visit(piece, frame)
        self.write(f")) is str else {html_of.__name__}(_piece))")


class _Environment(Environment):
    """Jinja's, whose templates are of one language."""

    code_generator_class = _Code

    def __init__(self, language: Language) -> None:
        super().__init__(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.language = language

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
