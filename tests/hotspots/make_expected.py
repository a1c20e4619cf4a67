"""Write expected_esda.json from esda and libpysal's bundled data.

Run in an environment of its own (numpy 2): pip install esda==2.9.0 libpysal==4.14.1 pointpats==2.5.5, then
python tests/hotspots/make_expected.py. The tests only read the JSON.
"""

import json
import warnings
from pathlib import Path

import libpysal
import numpy as np
from esda.getisord import G_Local
from esda.moran import Moran, Moran_Local
from pointpats import SpaceTimeEvents, knox

SETS = (("sids2", "sids2.dbf", "SIDR74", "sids2.gal"), ("stl", "stl_hom.csv", "HR8893", "stl.gal"),
        ("columbus", "columbus.dbf", "CRIME", "columbus.gal"))  # fmt: skip


def two_sided(observed: np.ndarray, drawn: np.ndarray) -> list[float]:
    """Twice the smaller one-sided pseudo-p of esda's own permutations."""
    drawn = drawn if len(drawn) == len(observed) else drawn.T
    least = np.minimum(
        (drawn >= observed[:, None] - 1e-12).sum(1), (drawn <= observed[:, None] + 1e-12).sum(1)
    )
    return np.minimum(1, 2 * (least + 1) / (drawn.shape[1] + 1)).tolist()


def main() -> None:
    warnings.simplefilter("ignore")
    out = {}
    for name, table, column, gal in SETS:
        y = np.array(libpysal.io.open(libpysal.examples.get_path(table)).by_col(column), dtype=float)
        w = libpysal.io.open(libpysal.examples.get_path(gal)).read()
        index = {key: i for i, key in enumerate(w.id_order)}
        neighbours = [sorted(index[j] for j in w.neighbors[key]) for key in w.id_order]
        w = libpysal.weights.W(dict(enumerate(neighbours)), silence_warnings=True)
        g = G_Local(y, w, transform="B", star=True, permutations=99_999, seed=1, keep_simulations=True)
        m = Moran(y, w, permutations=0)
        binary = Moran(y, w, transformation="b", permutations=0)
        local = Moran_Local(y, w, permutations=99_999, seed=1, keep_simulations=True)
        out[name] = {
            "values": y.tolist(),
            "neighbours": neighbours,
            "gi_star": {k: getattr(g, a).tolist() for k, a in
                        (("statistic", "Gs"), ("expected", "EGs"), ("variance", "VGs"), ("z", "Zs"))}
            | {"p": two_sided(g.Gs, g.rGs)},
            "moran": {k: float(getattr(m, a)) for k, a in
                      (("i", "I"), ("expected", "EI"), ("variance_normal", "VI_norm"),
                       ("variance_random", "VI_rand"), ("z_normal", "z_norm"), ("z_random", "z_rand"))},
            "moran_binary": {"i": float(binary.I), "variance_random": float(binary.VI_rand)},
            "local": {k: getattr(local, a).tolist() for k, a in
                      (("i", "Is"), ("expected", "EIc"), ("variance", "VIc"), ("q", "q"))}
            | {"p": two_sided(local.Is, local.rlisas)},
        }  # fmt: skip
    events = SpaceTimeEvents(libpysal.examples.get_path("burkitt.shp"), "T")
    result = knox(events.space, events.t, delta=20, tau=5, permutations=0)
    out["burkitt"] = {"points": events.space.tolist(), "times": np.asarray(events.t).ravel().tolist(),
                      "statistic": int(result["stat"])}  # fmt: skip
    sids = libpysal.io.open(libpysal.examples.get_path("sids2.dbf"))
    out["sids_counts"] = {"cases": sids.by_col("SID74"), "births": sids.by_col("BIR74")}
    path = Path(__file__).with_name("expected_esda.json")
    path.write_text(json.dumps(out, separators=(",", ":")).replace('},"', '},\n"') + "\n")


if __name__ == "__main__":
    main()
