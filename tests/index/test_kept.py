"""What is worked out once stays with its object."""

from __future__ import annotations

from index.kept import kept
from index.light_dataclass import dataclass


@dataclass(frozen=True)
class _Count:
    asked: list[int]

    @kept
    def number(self) -> int:
        """How often it was asked for before."""
        self.asked.append(1)
        return len(self.asked)


def test_it_is_worked_out_once_for_each_object() -> None:
    one, other = _Count([]), _Count([])
    assert [one.number, one.number, other.number] == [1, 1, 1]
    assert vars(one)["number"] == 1
    assert vars(_Count)["number"].__doc__ == "How often it was asked for before."
