"""The Python code that templates become.

A page of results has two hundred calls and five hundred attributes, and what Jinja does at each of
them, beside what Python does, would be most of the time that a page takes. Here:

- a call is a call, without a search for functions that want to know the context: there are none;
- ``x.y`` is an attribute and never an item; one that is not there raises ``AttributeError``;
- a macro is a function, and names are looked for in dictionaries;
- text is escaped as ever, but into a plain string, as it only becomes a part of the page;
- what stands in a block is put together before it is put out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.idtracking import VAR_LOAD_RESOLVE
from jinja2.utils import missing
from markupsafe import Markup, escape
from markupsafe import _escape_inner as escaped  # type: ignore[attr-defined]

_NUMBER = "number"
"""The filter that writes numbers, which have nothing to escape; small ones it writes as ``str``."""

_TRUSTED = frozenset({"engine_html"})
"""Filters that say of a text that it is HTML, and do nothing else."""


def html_of(value: object) -> str:
    """The value as it stands in a page: escaped unless it is HTML already, as ``escape`` has it.

    Without the object around the text, which takes ten times as long as looking through it.
    """
    if type(value) is str:
        return str(escaped(value))
    if type(value) is int or type(value) is float:
        return str(value)
    return value if type(value) is Markup else escape(value)


def joined(pieces: Sequence[object]) -> str:
    """The pieces as one text; where one is HTML, the others are escaped (``markup_join``)."""
    if Markup in map(type, pieces):
        return Markup("".join(map(html_of, pieces)))  # noqa: S704 - all are escaped
    return "".join(map(str, pieces))


def macro_of(write: Callable[..., str], names: tuple[str, ...]) -> Callable[..., Markup]:
    """What is called by the name of a macro, whose parameters have these names.

    As ``jinja2.runtime.Macro``, for the macros that are written here. Raises ``TypeError`` where it
    is given what it has no parameter for, or twice the same.
    """

    def macro(*given: object, **named: object) -> Markup:
        if len(given) < len(names):
            given += tuple([named.pop(name, missing) for name in names[len(given) :]])
        if named:
            raise TypeError(f"unknown or repeated arguments: {', '.join(named)}")
        return Markup(write(*given))  # noqa: S704 - it escapes what it is given

    return macro


class PageCode(CodeGenerator):
    """Writes calls, attributes and escaping in Python's own way."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """The module of a template, which knows what is here."""
        names = ", ".join(one.__name__ for one in (html_of, joined, macro_of))
        self.writeline(f"from {__name__} import escaped, {names}")
        super().visit_Template(node, frame)

    def write_commons(self) -> None:
        """What functions begin with."""
        super().write_commons()
        self.writeline("set_here, given = context.vars, context.parent")

    def enter_frame(self, frame: Frame) -> None:
        """Look for the names of a frame: among those that were set, then among those given."""
        loads = frame.symbols.loads
        looked_for = {
            target: name for target, (action, name) in loads.items() if action == VAR_LOAD_RESOLVE
        }
        if self.get_resolve_func() != "resolve":
            self.fail("names are looked for in one context alone", 1)
        for target, name in looked_for.items():
            self.writeline(
                f"{target} = set_here[{name!r}] if {name!r} in set_here"
                f" else given.get({name!r}, missing)"
            )
        frame.symbols.loads = {one: load for one, load in loads.items() if one not in looked_for}
        super().enter_frame(frame)
        frame.symbols.loads = loads

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """What stands in a block of a page is put out at once."""
        if not frame.block_frame or frame.buffer is not None:
            super().blockvisit(nodes, frame)
            return
        self.buffer(frame)
        super().blockvisit(nodes, frame)
        self.writeline(f"yield concat({frame.buffer})")
        frame.buffer = None

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """The function that stands for a macro."""
        del frame
        if macro_ref.accesses_caller or macro_ref.accesses_kwargs or macro_ref.accesses_varargs:
            self.fail("macros take what they name", macro_ref.node.lineno)
        names = tuple(argument.name for argument in macro_ref.node.args)
        self.write(f"{macro_of.__name__}(macro, {names!r})")

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

    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:  # noqa: N802
        """A choice; without another one it is nothing, where Jinja makes an object that says so."""
        if node.expr2 is None:
            node.expr2 = nodes.Const("", lineno=node.lineno)
        super().visit_CondExpr(node, frame)

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

    def visit_ScopedEvalContextModifier(  # noqa: N802
        self, node: nodes.ScopedEvalContextModifier, frame: Frame
    ) -> None:
        """All is escaped, everywhere."""
        del frame
        self.fail("what is escaped is not chosen", node.lineno)

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
        if not isinstance(piece, nodes.Filter) or piece.name not in {_NUMBER, *_TRUSTED}:
            self.write("(escaped(_piece) if type(_piece := (")
            self.visit(piece, frame)
            self.write(f")) is str else {html_of.__name__}(_piece))")
            return
        if piece.node is None or piece.args or piece.kwargs or piece.dyn_args or piece.dyn_kwargs:
            self.fail(f"{piece.name} takes a value and nothing else", piece.lineno)
        if piece.name in _TRUSTED:
            self.visit(piece.node, frame)
        else:
            self.write("(str(_piece) if type(_piece := (")
            self.visit(piece.node, frame)
            self.write(f")) is int and 0 <= _piece < 1000 else {self.filters[_NUMBER]}(_piece))")
