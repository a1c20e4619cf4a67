"""Finds the delivered column of every field, however its name is written."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

_DBF_NAME = 10


def match(
    available: Iterable[str], wanted: Mapping[str, Sequence[str]]
) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Pair fields with delivered columns.

    The order of preference per name: exact, other letter case, cut to the ten letters of a dBase file.

    Args:
        available: Column names in the file.
        wanted: Field → names it may have, the preferred first.

    Returns:
        Field → delivered column, and field → delivered columns that resemble it, for the fields not found.
    """
    names = list(available)
    folded = {name.casefold(): name for name in reversed(names)}
    found: dict[str, str] = {}
    for field, candidates in wanted.items():
        for candidate in candidates:
            key = candidate.casefold()
            column = candidate if candidate in names else folded.get(key) or folded.get(key[:_DBF_NAME])
            if column is not None:
                found[field] = column
                break
    free = {name.casefold(): name for name in names if name not in found.values()}
    missing = {
        field: [
            free[key]
            for candidate in candidates
            for key in get_close_matches(candidate.casefold(), list(free), n=2, cutoff=0.6)
        ]
        for field, candidates in wanted.items()
        if field not in found
    }
    return found, missing
