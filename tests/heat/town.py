"""A small made-up town: terraces, a courtyard, trees and grass, as a Surface."""

import datetime

import numpy as np

from arsenaal_gis.heat.engine import Method
from arsenaal_gis.heat.surface import Surface
from arsenaal_gis.heat.weather import model_day

DAY = model_day(datetime.date(2025, 7, 1), 4.49, 51.03, 112.5)
METHOD = Method(DAY, n_azimuths=16, n_altitudes=6, radius=40.0)


def surface(rows=180, columns=200, cell=1.0, x_min=158_500.0, y_max=189_500.0, seed=0):
    rng = np.random.default_rng(seed)
    built = np.zeros((rows, columns), np.float32)
    for top in range(10, rows - 20, 45):
        built[top : top + 10, 8 : columns - 8] = 8 + rng.random((10, columns - 16), np.float32)
        built[top + 26 : top + 34, 8 : columns - 8] = 6.5
    built[:, columns // 2 - 4 : columns // 2 + 4] = 0
    crown = np.zeros_like(built)
    for row, column in zip(rng.integers(5, rows - 9, 25), rng.integers(5, columns - 9, 25), strict=True):
        crown[row : row + 4, column : column + 4] = rng.uniform(4, 11)
    roof = built > 0
    crown[roof] = 0
    green = (rng.random(built.shape) < 0.2) & ~roof | (crown > 0)
    ground = np.linspace(7, 8, columns, dtype=np.float32)[None].repeat(rows, 0)
    water = np.zeros_like(roof)
    return Surface(ground, built, crown, roof, green, water, ~green, x_min, y_max, cell, "L3")
