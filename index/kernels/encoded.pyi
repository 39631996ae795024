from collections.abc import Callable, Iterable
from typing import Any

class Form:
    def __init__(
        self,
        kind: str,
        *,
        inner: Form | None = None,
        members: Iterable[Member] = (),
        function: Callable[[Any], str] | None = None,
    ) -> None: ...

class Member:
    def __init__(
        self, name: bytes, attribute: str, form: Form, key: object, omitted: bool
    ) -> None: ...

def encoded(form: Form, value: object, language: str, others: Callable[[Any], bytes]) -> bytes: ...
