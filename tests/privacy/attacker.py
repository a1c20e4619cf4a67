"""An attacker who reads every publication, knows every address, and solves for what was suppressed.

Written against the published layers alone: nothing of the code under test is used.
"""

import itertools

import numpy as np
import shapely
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

TOTAL = "totaal"


class Attacker:
    """Collects publications about one register with at most one record per dwelling."""

    def __init__(self, places, codes, rounding=5, k=10):
        self.x, self.y = places.rows["x"].to_numpy(float), places.rows["y"].to_numpy(float)
        self.ids = {unit: places.rows[f"{unit}_id"].to_numpy(object) for unit in ("straatzijde", "sector")}
        self.codes, self.rounding, self.k = list(codes), rounding, k
        self.tables = []

    def read(self, release, boundary):
        """Take down what one release says: who is in each cell, and between which bounds its count lies."""
        inside = (
            np.ones(len(self.x), bool)
            if boundary is None
            else shapely.intersects_xy(boundary, self.x, self.y)
        )
        cells, areas = [], {}
        frames = [
            frame
            for id, (_, frame) in release.layers.items()
            if id in ("tellingen_straatzijde", "tellingen_vlak")
        ]
        for frame in frames:
            for row in frame.itertuples():
                if row.eenheid_id not in areas:
                    areas[row.eenheid_id] = inside & self._who(row)
                cells.append((areas[row.eenheid_id], row.code, *self._bounds(row, release.tier), row.eenheid))
        everyone = np.any(list(areas.values()), axis=0)
        for row in release.layers["tellingen_totaal"][1].itertuples():
            cells.append((everyone, row.code, *self._bounds(row, release.tier), TOTAL))
        self.tables.append(cells)

    def read_figures(self, frame):
        """Take down shares of the whole wijk: the classes that count, those that are known, the unknown."""
        cells = []
        for row in frame[frame["teller"].notna()].itertuples():
            known = ", ".join(code for code in self.codes if code != "onbekend")
            for codes, value in ((row.ja, row.teller), (known, row.noemer), ("onbekend", row.onbekend)):
                cells.append((np.ones(len(self.x), bool), codes, float(value), float(value), 0.0, "wijk"))
        self.tables.append(cells)

    def _who(self, row):
        if row.eenheid != "cel":
            return self.ids[row.eenheid] == row.eenheid_id
        west, south, east, north = row.geometry.bounds
        return (self.x >= west) & (self.x < east) & (self.y >= south) & (self.y < north)

    def _bounds(self, row, tier):
        """Least and most that the published text leaves open, and the width its flag promises."""
        if row.weergave == "<5":
            return 1.0, 4.0, 3.0
        if row.weergave == "niet getoond":
            return 0.0, np.inf, float({"P2": self.k, "P3": 25}[tier])
        value = float(row.weergave)
        if tier == "P3" and value > 0:
            return max(0.0, value - self.rounding + 1), value + self.rounding - 1, 0.0
        return value, value, 0.0

    def system(self):
        """Groups of dwellings that no publication tells apart, and the cells as sums over group x class."""
        cells = [cell for table in self.tables for cell in table]
        inside = np.array([cell[0] for cell in cells])
        groups, atom = np.unique(inside, axis=1, return_inverse=True)
        size = np.bincount(np.ravel(atom), minlength=groups.shape[1]).astype(float)
        picks = np.array(
            [[code in cell[1].split(", ") or cell[1] == TOTAL for code in self.codes] for cell in cells],
            float,
        )
        matrix = np.einsum("ca,cx->cax", groups.astype(float), picks).reshape(len(cells), -1)
        return matrix, groups, size, np.array([cell[2:5] for cell in cells], float)

    def broken(self):
        """Suppressed cells that can be narrowed further than their flag promises."""
        matrix, _, size, bounds = self.system()
        low, high, width = bounds.T
        per_group = np.kron(np.eye(len(size)), np.ones(len(self.codes)))
        finite = np.isfinite(high)
        upper = csr_matrix(np.vstack([matrix[finite], -matrix, per_group]))
        limit = np.concatenate([high[finite], -low, size])
        targets = np.flatnonzero(width > 0)
        least, most = np.full(len(targets), np.inf), np.full(len(targets), -np.inf)

        def look(direction):
            answer = linprog(direction, A_ub=upper, b_ub=limit, method="highs")
            assert answer.status == 0, answer.message
            seen = matrix[targets] @ answer.x
            np.minimum(least, seen, out=least)
            np.maximum(most, seen, out=most)

        if len(targets):
            rng = np.random.default_rng(0)
            for _ in range(6):
                weights = rng.normal(size=len(targets))
                look(weights @ matrix[targets])
                look(-weights @ matrix[targets])
        result = []
        for i, target in enumerate(targets):
            for sign in (1, -1):
                if most[i] - least[i] < width[target] - 1e-6:
                    look(sign * matrix[target])
            if most[i] - least[i] < width[target] - 1e-6:
                result.append((int(target), float(least[i]), float(most[i])))
        return result

    def left_over(self):
        """Classes of which the dwellings outside every unit are known to be few, but not none, within two."""
        matrix, groups, size, bounds = self.system()
        units = np.array([cell[5] not in ("wijk", TOTAL) for table in self.tables for cell in table])
        outside = ~groups[units].any(axis=0)
        limits = [(None if np.isinf(high) else high) for high in bounds[:, 1]]
        finite = np.isfinite(bounds[:, 1])
        upper = csr_matrix(
            np.vstack([matrix[finite], -matrix, np.kron(np.eye(len(size)), np.ones(len(self.codes)))])
        )
        limit = np.concatenate([[v for v in limits if v is not None], -bounds[:, 0], size])
        found = []
        for i, code in enumerate(self.codes):
            pick = np.kron(outside, np.arange(len(self.codes)) == i).astype(float)
            ends = [pick @ linprog(s * pick, A_ub=upper, b_ub=limit, method="highs").x for s in (1, -1)]
            if ends[1] - ends[0] < 3 - 1e-6 and 1e-6 < ends[1] < 5 - 1e-6:
                found.append((code, *ends))
        return found

    def singled_out(self):
        """A group of fewer than k dwellings whose indicator is a combination of published areas, or None."""
        _, groups, size, _ = self.system()
        small = [g for g in np.flatnonzero((size < self.k) & groups.any(axis=0))]
        left = np.linalg.svd(groups.astype(float).T, full_matrices=False)
        basis = left[0][:, left[1] > 1e-9]
        off = np.eye(len(size)) - basis @ basis.T
        for count in (1, 2, 3):
            for chosen in itertools.combinations(small, count):
                if (
                    size[list(chosen)].sum() < self.k
                    and np.abs(off[:, list(chosen)].sum(axis=1)).max() < 1e-7
                ):
                    return chosen
        return None
