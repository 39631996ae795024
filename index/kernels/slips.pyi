class Slips:
    def __init__(
        self,
        same: bytes,
        beside: bytes,
        silent: bytes,
        *,
        swapped: float,
        repeated: float,
        alike: float,
        left_out: float,
        neighbour: float,
        added: float,
        other: float,
        at_first: float,
    ) -> None: ...
    def cost(self, typed: str, meant: str) -> float | None: ...
