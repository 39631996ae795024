from collections.abc import Collection

class Lists:
    def __init__(
        self, sets: tuple[Collection[str], ...], others: Collection[str] = (), /
    ) -> None: ...
