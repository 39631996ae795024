from collections.abc import Sequence

class Tidiness:
    def __init__(
        self, opening: str, inside: str, dividing: str, ordinary: Sequence[tuple[int, int]]
    ) -> None: ...
    def is_tidy(self, text: str) -> bool: ...
