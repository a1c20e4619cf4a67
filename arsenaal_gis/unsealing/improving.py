"""Whole sets near a relaxed solution: what is found early need not be searched for."""

import numpy as np
from numpy.typing import NDArray

from .programme import Programme


class Builder:
    """Builds sets over some of a programme's places: rounds, fills up, and swaps one place for another."""

    def __init__(self, programme: Programme, places: NDArray[np.intp]) -> None:
        """Take what concerns the places out of the programme."""
        self._programme, self._places = programme, places
        self._cost, self._gain = programme.cost[places], programme.gain[places]
        self._must = programme.must[places]
        self._rows = np.vstack([self._cost, programme.most[:, places].toarray()])
        self._room = np.r_[programme.budget * (1 + 1e-9), programme.most_count]
        self._least = programme.least[:, places].toarray()
        self._reach = programme.reach[:, places].toarray()
        self._price = np.maximum(self._cost, max(1e-9 * programme.budget, 1e-9))

    def benefit(self, part: NDArray[np.bool_]) -> float:
        """Benefit of a set of these places."""
        return float(self._gain @ part + self._programme.weight @ (self._reach @ part > 0))

    def holds(self, part: NDArray[np.bool_]) -> bool:
        """Whether a set meets every condition of the programme."""
        whole = np.zeros(len(self._programme.cost), bool)
        whole[self._places] = part
        return self._programme.holds(whole)

    def sets(self, relaxed: NDArray[np.float64], better_than: float) -> list[NDArray[np.bool_]]:
        """The rounded and filled set, and, if it is better, the best of its neighbours.

        Args:
            relaxed: (k,) how far each place is taken in the relaxation.
            better_than: Benefit that is at hand.
        """
        part = self._rounded(relaxed)
        built = [part]
        while self.benefit(part) > better_than and len(built) < 20:
            swap = self._swapped(part)
            if swap is None:
                break
            built.append(swap)
            if self.benefit(swap) <= self.benefit(part):
                break  # the best neighbour of the best: often the runner-up
            part = swap
        return built

    def _rounded(self, relaxed: NDArray[np.float64]) -> NDArray[np.bool_]:
        part = self._must.copy()
        left = self._room - self._rows @ part
        for place in np.argsort(-relaxed, kind="stable"):
            if relaxed[place] < 0.5:
                break
            if not part[place] and (self._rows[:, place] <= left).all():
                part[place] = True
                left -= self._rows[:, place]
        for row, count in zip(self._least, self._programme.least_count, strict=True):
            for place in np.argsort(-np.where(row > 0, self._gain / self._price, -1.0), kind="stable"):
                if row @ part >= count or row[place] == 0:
                    break
                if not part[place] and (self._rows[:, place] <= left).all():
                    part[place] = True
                    left -= self._rows[:, place]
        return self._filled(part, left)

    def _filled(self, part: NDArray[np.bool_], left: NDArray[np.float64]) -> NDArray[np.bool_]:
        while True:
            fits = ~part & (self._rows <= left[:, None]).all(axis=0)
            worth = np.where(fits, self._marginal(part), 0.0) / self._price
            place = int(worth.argmax()) if len(worth) else 0
            if not len(worth) or worth[place] <= 0:
                return part
            part[place] = True
            left = left - self._rows[:, place]

    def _marginal(self, part: NDArray[np.bool_]) -> NDArray[np.float64]:
        """(k,) what each place would add to a set."""
        open_groups = self._reach @ part == 0
        return self._gain + (self._programme.weight * open_groups) @ self._reach

    def _swapped(self, part: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
        """The best set with one place swapped for another, filled up; None where nothing can be swapped."""
        best, swap = -np.inf, None
        for out in np.flatnonzero(part & ~self._must):
            rest = part.copy()
            rest[out] = False
            left = self._room - self._rows @ rest
            fits = ~part & (self._rows <= left[:, None]).all(axis=0)
            worth = np.where(fits, self._marginal(rest), -np.inf)
            if not fits.any():
                continue
            into = int(worth.argmax())
            value = self.benefit(rest) + worth[into]
            if value > best:
                best, swap = value, (rest, into)
        if swap is None:
            return None
        part, into = swap
        part[into] = True
        return self._filled(part, self._room - self._rows @ part)
