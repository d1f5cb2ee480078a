"""What is kept for a time only: each part that keeps such rows says how they are erased; `umbel tidy` asks all."""

from collections.abc import Callable, Iterator

Eraser = Callable[[], int]
_erasers: list[tuple[str, str, Eraser]] = []


def erased(key: str, label: str, erase: Eraser) -> None:
    """Register a function that erases what has been kept long enough, and returns how many rows those were."""
    _erasers.append((key, label, erase))


def erase_all() -> Iterator[tuple[str, str, int]]:
    """Erase whatever has been kept long enough; yield a key, a label and how many rows were erased."""
    for key, label, erase in _erasers:
        yield key, label, erase()
