"""Small groups of dwellings that follow from adding and subtracting released areas."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import Bounds, LinearConstraint, milp


@dataclass(frozen=True)
class Atoms:
    """Groups of dwellings that lie in exactly the same areas: the finest thing releases can speak of.

    Attributes:
        membership: (areas, atoms) True where the atom lies in the area.
        population: (atoms,) dwellings.
        atom: (places,) index of the atom of each place.
    """

    membership: NDArray[np.bool_]
    population: NDArray[np.float64]
    atom: NDArray[np.int64]


def atoms(inside: ArrayLike, weights: ArrayLike | None = None) -> Atoms:
    """Group dwellings by the areas in which they lie.

    Args:
        inside: (areas, places) boolean.
        weights: (places,) dwellings per place; 1 each by default, 0 for a place where nobody lives.

    Returns:
        The atoms; dwellings in no area at all form one as well.
    """
    matrix = np.asarray(inside, bool)
    packed = np.packbits(matrix, axis=0).T if matrix.shape[0] else np.zeros((matrix.shape[1], 1), np.uint8)
    _, first, atom = np.unique(packed, axis=0, return_index=True, return_inverse=True)
    atom = np.asarray(atom, np.int64).ravel()
    return Atoms(matrix[:, first], np.bincount(atom, weights, minlength=len(first)).astype(float), atom)


def small_group(group: Atoms, k: float) -> NDArray[np.int64] | None:
    """Find a group of fewer than ``k`` dwellings that a combination of the areas singles out.

    A group follows from the areas if its indicator is a linear combination of theirs: whole less parts,
    overlaps of several divisions, or any longer chain. One integer programme answers for all groups at once.

    Args:
        group: Atoms of all areas for which something was ever released about one subject.
        k: Smallest group about which anything may be known.

    Returns:
        Indices of the atoms of such a group, or None if there is none.

    Raises:
        TimeoutError: The solver found no answer.

    Source:
        Duncan et al. (2011), Statistical Confidentiality, section 4.4 (geographic differencing).
    """
    inhabited = np.flatnonzero(group.membership.any(axis=0) & (group.population > 0))
    small = inhabited[group.population[inhabited] < k]
    if not len(small):
        return None
    # A group follows from the areas if it is orthogonal to everything that they are orthogonal to.
    left, weight, right = np.linalg.svd(group.membership.astype(float))
    beyond = right[int((weight > 1e-9 * weight[0]).sum()) :, small]
    people = group.population[small]
    for presolve in (True, False):
        result = milp(
            np.ones(len(small)),
            constraints=[
                LinearConstraint(people[None, :], 1, np.ceil(k) - 1),
                *([LinearConstraint(beyond, -1e-7, 1e-7)] if len(beyond) else []),
            ],
            integrality=np.ones(len(small)),
            bounds=Bounds(0, 1),
            options={"time_limit": 60.0, "presolve": presolve},
        )
        if result.status == 2:
            return None
        # HiGHS of SciPy 1.10 now and then calls a point optimal that breaks a constraint: look before believing.
        if result.x is not None:
            chosen = result.x > 0.5
            if (
                1 <= people[chosen].sum() < k
                and np.abs(beyond[:, chosen].sum(axis=1)).max(initial=0.0) < 1e-6
            ):
                return np.asarray(small[chosen], np.int64)
    raise TimeoutError


def solvable_runs(windows: ArrayLike, value: ArrayLike, threshold: float) -> list[list[int]]:
    """Find stretches of time whose count follows from the counts of longer or overlapping periods, and is small.

    A year less its first eleven months tells the twelfth: any run of spans whose indicator is a combination of
    the windows is solved, as is any longer chain of windows.

    Args:
        windows: (n, spans) 0/1: the spans of time that each known count covers.
        value: (n,) known counts of one unit and category.
        threshold: Smallest count that may be known.

    Returns:
        For each run with a count of 1 .. threshold-1 the windows that tell it.
    """
    matrix, count = np.asarray(windows, float), np.asarray(value, float)
    if len(matrix) < 2:
        return []
    spans = matrix.shape[1]
    runs = np.array(
        [[float(a <= s <= b) for s in range(spans)] for a in range(spans) for b in range(a, spans)]
    )
    weights = runs @ np.linalg.pinv(matrix)
    solved = np.abs(weights @ matrix - runs).max(axis=1) < 1e-7
    total = weights @ count
    found = np.flatnonzero(solved & (total > 1e-6) & (total < threshold - 1e-6))
    return [list(np.flatnonzero(np.abs(weights[i]) > 1e-9)) for i in found]
