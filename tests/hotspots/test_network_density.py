"""Equal-split continuous density against Okabe's recursion, walked path by path."""

import numpy as np
import pytest

from arsenaal_gis.errors import MethodError
from arsenaal_gis.hotspots import lixels, network_density

# A cross of four arms with a loop on one side and two dead ends.
START, END = np.array([0, 0, 0, 0, 1, 2, 3]), np.array([1, 2, 3, 4, 2, 5, 6])
LENGTH = np.array([60.0, 50.0, 40.0, 200.0, 45.0, 80.0, 30.0])


def recursion(segment: int, position: float, bandwidth: float, cells) -> np.ndarray:
    """Density at every cell of one event: each path on its own, depth first."""

    def kernel(d: np.ndarray) -> np.ndarray:
        return np.where(d < bandwidth, 15 / 16 / bandwidth * (1 - (d / bandwidth) ** 2) ** 2, 0.0)

    out = np.zeros(len(cells.segment))
    on = cells.segment == segment
    out[on] += kernel(np.abs(cells.position[on] - position))
    stack = [(segment, True, LENGTH[segment] - position, 1.0), (segment, False, position, 1.0)]
    while stack:
        edge, at_end, travelled, factor = stack.pop()
        if travelled >= bandwidth:
            continue
        node = END[edge] if at_end else START[edge]
        ends = [(e, False) for e in np.flatnonzero(START == node)] + [
            (e, True) for e in np.flatnonzero(END == node)
        ]
        n = len(ends)
        for other, by_end in ends:
            share = factor * ((2 - n) / n if (other, by_end) == (edge, at_end) else 2 / n)
            on = cells.segment == other
            along = LENGTH[other] - cells.position[on] if by_end else cells.position[on]
            out[on] += share * kernel(travelled + along)
            stack.append((other, not by_end, travelled + LENGTH[other], share))
    return out


@pytest.mark.parametrize(("segment", "position"), [(0, 20.5), (3, 10.5), (1, 49.5), (6, 2.5)])
def test_equals_okabes_recursion(segment: int, position: float) -> None:
    cells = lixels(LENGTH, 1.0)
    counts = np.zeros(len(cells.segment))
    counts[cells.at(np.array([segment]), np.array([position]))] = 1
    result = network_density(START, END, cells, counts, 100.0)
    expected = recursion(segment, position, 100.0, cells)
    np.testing.assert_allclose(result, expected, atol=0.01 * expected.max())


def test_straight_street_is_the_plain_kernel() -> None:
    cells = lixels(np.array([150.0, 150.0]), 1.0)
    counts = np.zeros(300)
    counts[150] = 4
    result = network_density(np.array([0, 1]), np.array([1, 2]), cells, counts, 50.0)
    u = np.clip(np.abs(np.arange(300) - 150) / 50, 0, 1)
    np.testing.assert_allclose(result, 4 * 15 / 16 / 50 * (1 - u**2) ** 2, atol=1e-4)


def test_total_is_conserved_with_dead_ends_and_loops() -> None:
    cells = lixels(LENGTH, 1.0)
    counts = np.random.default_rng(1).poisson(0.1, len(cells.segment))
    result = network_density(START, END, cells, counts, 120.0)
    assert (result * cells.length).sum() == pytest.approx(counts.sum())
    assert (result >= 0).all()


def test_no_events_no_density_and_no_length_no_cells() -> None:
    cells = lixels(LENGTH, 5.0)
    assert not network_density(START, END, cells, np.zeros(len(cells.segment)), 50.0).any()
    with pytest.raises(MethodError):
        lixels(np.array([10.0, 0.0]), 1.0)


def test_cells_tile_the_segments() -> None:
    cells = lixels(np.array([10.4, 0.3]), 1.0)
    assert np.bincount(cells.segment, cells.length).tolist() == pytest.approx([10.4, 0.3])
    assert cells.at(np.array([0, 0, 1]), np.array([0.0, 10.4, 0.3])).tolist() == [0, 9, 10]
