"""Conditional permutation of neighbour sums, shared by Gi* and local Moran.

Conditional permutation keeps a unit's own value and deals the other n - 1 values at random over the rest.
For weights that are equal within a row only the sum of k dealt values matters, k being the number of
neighbours. So one series of deals serves all units: the running sum of a deal's first k values is the
reference for every unit with k neighbours, and where a unit was dealt its own value, the next dealt value
takes its place (which leaves a simple random sample of the others). The cost is permutations x k plus one
sort, instead of units x permutations x k.
"""

import numpy as np
from scipy import sparse

_CHUNK_VALUES = 2_000_000  # dealt values in memory at once


def neighbour_sum_p(
    values: np.ndarray, adjacency: sparse.csr_matrix, permutations: int, seed: int
) -> np.ndarray:
    """Two-sided pseudo-p of the sum over each unit's neighbours.

    Args:
        values: (n,) finite values.
        adjacency: (n, n) binary, without the diagonal.
        permutations: Number of random deals.
        seed: Seed of the random numbers; the same seed gives the same p.

    Returns:
        (n,) twice the smaller of both one-sided pseudo-p, at most 1; nan for a unit without neighbours.

    Source:
        Anselin 1995, Geographical Analysis 27(2), p. 96 (conditional permutation);
        North, Curtis & Sham 2002, Am. J. Hum. Genet. 71 (the added one).
    """
    n = len(values)
    degree = np.diff(adjacency.indptr)
    observed = adjacency @ values
    # Equal sums must count as equal whatever the order of addition.
    slack = 1e-12 * np.abs(values).max(initial=0.0) * max(degree.max(initial=0), 1)
    low, high = observed - slack, observed + slack
    groups = [(k, np.flatnonzero(degree == k)) for k in np.unique(degree) if k > 0]
    at_least, at_most = np.zeros(n), np.zeros(n)
    rng = np.random.default_rng(seed)
    size = degree.max(initial=0) + 1
    rows = max(1, _CHUNK_VALUES // (n if size * size > n else size))
    for start in range(0, permutations, rows):
        dealt = deal(rng, n, size, min(rows, permutations - start))
        sums = np.cumsum(values[dealt], axis=1)
        dealt_degree = degree[dealt]
        for k, units in groups:
            total = sums[:, k - 1]
            reference = np.sort(total)
            at_least[units] += len(reference) - np.searchsorted(reference, low[units], side="left")
            at_most[units] += np.searchsorted(reference, high[units], side="right")
            row, column = np.nonzero(dealt_degree[:, :k] == k)
            unit = dealt[row, column]
            wrong = total[row]
            right = wrong - values[unit] + values[dealt[row, k]]
            at_least += np.bincount(unit, (right >= low[unit]) - 1.0 * (wrong >= low[unit]), minlength=n)
            at_most += np.bincount(unit, (right <= high[unit]) - 1.0 * (wrong <= high[unit]), minlength=n)
    p = np.minimum(1.0, 2.0 * (np.minimum(at_least, at_most) + 1.0) / (permutations + 1.0))
    p[degree == 0] = np.nan
    return p


def deal(rng: np.random.Generator, n: int, size: int, rows: int) -> np.ndarray:
    """Draw ordered samples of distinct unit numbers.

    Args:
        rng: Source of random numbers.
        n: Number of units to draw from.
        size: Units in a sample, at most ``n``.
        rows: Number of samples.

    Returns:
        (rows, size) unit numbers 0..n-1, distinct within each row, every ordered sample equally likely.
    """
    if size * size > n:
        return rng.permuted(np.tile(np.arange(n), (rows, 1)), axis=1)[:, :size]
    out = rng.integers(0, n, (rows, size))
    redo = np.arange(rows)
    while redo.size:  # few rows repeat a unit, so drawing those anew is cheaper than shuffling all n
        ordered = np.sort(out[redo], axis=1)
        redo = redo[(ordered[:, 1:] == ordered[:, :-1]).any(axis=1)]
        out[redo] = rng.integers(0, n, (len(redo), size))
    return out


def permutations_needed(units: int, alpha: float) -> int:
    """Smallest number of permutations with which a false-discovery correction can reject a single unit.

    Args:
        units: Number of units tested together.
        alpha: Share of false discoveries allowed.

    Returns:
        20 x units / alpha (methods, C4), at least 999.
    """
    return max(999, int(np.ceil(20 * units / alpha)))
