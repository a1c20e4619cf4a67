"""Kulldorff's spatial scan: the circle that holds more events than its population explains."""

from dataclasses import dataclass

import numpy as np

from ..errors import MethodError
from ..progress import SILENT, Progress

_CHUNK_VALUES = 1_000_000


@dataclass(frozen=True)
class ScanCluster:
    """The most likely cluster.

    Attributes:
        centre: Index of the unit at the centre of the circle; -1 if no circle holds more than expected.
        members: (m,) indices of the units in the circle.
        radius: Its radius, metres.
        observed: Events in it.
        expected: Events expected in it.
        relative_risk: Rate inside over rate outside.
        llr: Log likelihood ratio.
        p: Monte Carlo p.
    """

    centre: int
    members: np.ndarray
    radius: float
    observed: int
    expected: float
    relative_risk: float
    llr: float
    p: float


def kulldorff_scan(
    points: np.ndarray,
    cases: np.ndarray,
    population: np.ndarray,
    *,
    simulations: int = 999,
    maximum_share: float = 0.5,
    seed: int = 0,
    progress: Progress = SILENT,
) -> ScanCluster:
    """Search all circles around units for the one least likely under equal risk (Poisson model).

    A circle is only ever best when its edge passes a case, so every circle is described by the expected
    events within the distance of each case: the work is units x cases a simulation, not units squared.

    Args:
        points: (n, 2) unit centres, metres.
        cases: (n,) whole events per unit.
        population: (n,) population at risk per unit, with a positive sum.
        simulations: Number of Monte Carlo deals of the events.
        maximum_share: Largest share of the population a circle may hold.
        seed: Seed of the deals.
        progress: Told about the simulations, asked whether to stop.

    Returns:
        The most likely cluster with its Monte Carlo p.

    Raises:
        MethodError: No cases, cases where there is no population, or a negative number.

    Source:
        Kulldorff 1997, Communications in Statistics - Theory and Methods 26(6), 1481-1496.
    """
    xy, c, w = np.asarray(points, float), np.asarray(cases, float), np.asarray(population, float)
    if (c < 0).any() or (w < 0).any() or not w.sum() > 0 or not c.sum() > 0 or c[w == 0].any():
        raise MethodError(
            "A scan needs events, and a population wherever there are events.", "", "Leave empty units out."
        )
    total = int(c.sum())
    share = w / w.sum()
    distance = np.hypot(xy[:, None, 0] - xy[None, :, 0], xy[:, None, 1] - xy[None, :, 1])
    enclosed = _share_within(distance, share)
    observed = np.repeat(np.arange(len(c)), c.astype(int))
    llr, centre, count = _best(enclosed, observed[None, :], total, maximum_share)
    rng = np.random.default_rng(seed)
    rows = max(1, _CHUNK_VALUES // (len(c) * total))
    reached = 0
    for start in range(0, simulations, rows):
        progress.check()
        dealt = rng.choice(len(c), size=(min(rows, simulations - start), total), p=share)
        reached += int((_best(enclosed, dealt, total, maximum_share)[0] >= llr[0] - 1e-9).sum())
    p = (reached + 1) / (simulations + 1)
    if llr[0] <= 0:
        return ScanCluster(-1, np.zeros(0, int), 0.0, 0, 0.0, 1.0, 0.0, 1.0)
    middle = int(centre[0])
    radius = np.sort(distance[middle, observed])[int(count[0]) - 1]
    members = np.flatnonzero(distance[middle] <= radius + 1e-9)
    inside, expected = int(c[members].sum()), float(share[members].sum() * total)
    outside = (total - inside) / (total - expected)
    risk = inside / expected / outside if outside > 0 else float("inf")
    return ScanCluster(middle, members, float(radius), inside, expected, risk, float(llr[0]), p)


def _share_within(distance: np.ndarray, share: np.ndarray) -> np.ndarray:
    """(n, n): share of the population within the distance from centre i to unit j, ties included."""
    out = np.empty_like(distance)
    for i, row in enumerate(distance):
        order = np.argsort(row, kind="stable")
        ordered = row[order]
        last = np.searchsorted(ordered, ordered + 1e-9, side="right") - 1
        out[i, order] = np.cumsum(share[order])[last]
    return out


def _best(
    enclosed: np.ndarray, dealt: np.ndarray, total: int, maximum_share: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Largest log likelihood ratio of each deal (rows), its centre, and the events in that circle."""
    expected = np.sort(enclosed[:, dealt], axis=2) * total  # (centre, deal, case)
    count = np.arange(1, total + 1, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = count * np.log(count / expected)
        outside = np.where(count < total, (total - count) * np.log((total - count) / (total - expected)), 0.0)
    usable = (count > expected * (1 + 1e-9)) & (expected <= maximum_share * total + 1e-9)
    llr = np.where(usable, inside + outside, 0.0)
    flat = llr.transpose(1, 0, 2).reshape(len(dealt), -1)
    best = flat.argmax(axis=1)
    return flat[np.arange(len(dealt)), best], best // total, best % total + 1
