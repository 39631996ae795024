from collections.abc import Mapping, Sequence

class Tidiness:
    def __init__(
        self,
        opening: str,
        word: str,
        inside: str,
        behind: Mapping[str, Sequence[str]],
        longest: int,
        dividing: str,
        ordinary: Sequence[tuple[int, int]],
        leads: Sequence[tuple[int, int]],
        before_blanks: str,
    ) -> None: ...
    def is_tidy(self, text: str) -> bool: ...
    def is_line(self, text: str) -> bool: ...
    def is_body(self, text: str) -> bool: ...
