"""Windows of a grid: rows and columns, as slices."""

import numpy as np
import numpy.typing as npt

Window = tuple[slice, slice]


def window_of(mask: npt.NDArray[np.generic]) -> Window | None:
    """Return the least window around the cells that are not 0, or None where all are."""
    rows, columns = (np.flatnonzero(mask.any(axis=axis)) for axis in (1, 0))
    if not rows.size:
        return None
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def within(inner: Window, outer: Window) -> Window:
    """Return where a window lies in one around it."""
    return tuple(slice(i.start - o.start, i.stop - o.start) for i, o in zip(inner, outer, strict=True))


def joined(first: Window, second: Window) -> Window:
    """Return the least window around two."""
    return tuple(
        slice(min(a.start, b.start), max(a.stop, b.stop)) for a, b in zip(first, second, strict=True)
    )
