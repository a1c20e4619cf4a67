"""Small groups of dwellings that follow from adding and subtracting released areas."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
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
        TimeoutError: No answer within a minute.

    Source:
        Duncan et al. (2011), Statistical Confidentiality, section 4.4 (geographic differencing).
    """
    areas, count = group.membership.shape
    inhabited = np.flatnonzero(group.membership.any(axis=0))
    small = inhabited[group.population[inhabited] < k]
    if not len(small):
        return None
    # Between 1 and k - 1 dwellings; an uninhabited atom alone is no group.
    # Unknowns: a weight for each area, then for each small atom whether it belongs to the group.
    pick = sparse.csr_matrix((np.ones(len(small)), (small, np.arange(len(small)))), shape=(count, len(small)))
    balance = sparse.hstack([sparse.csr_matrix(group.membership.T.astype(float)), -pick], format="csc")[
        inhabited
    ]
    size = sparse.hstack(
        [sparse.csr_matrix((1, areas)), sparse.csr_matrix(group.population[small][None, :])], format="csc"
    )
    result = milp(
        np.concatenate([np.zeros(areas), np.ones(len(small))]),
        constraints=[LinearConstraint(balance, 0, 0), LinearConstraint(size, 1, np.ceil(k) - 1)],
        integrality=np.concatenate([np.zeros(areas), np.ones(len(small))]),
        bounds=Bounds(
            np.concatenate([np.full(areas, -np.inf), np.zeros(len(small))]),
            np.concatenate([np.full(areas, np.inf), np.ones(len(small))]),
        ),
        options={"time_limit": 60.0},
    )
    if result.status == 2:
        return None
    if result.x is None:
        raise TimeoutError
    return np.asarray(small[result.x[areas:] > 0.5], np.int64)
