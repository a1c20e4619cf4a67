"""Hotspots that hold up statistically: rates, tests, scans, densities, trends and their back-test."""

from .backtest import Backtest, Prediction, backtest, predictive_accuracy_index
from .clusters import dbscan, near_on_network, near_on_plane
from .density import kernel_density
from .getis_ord import GetisOrd, getis_ord_star
from .ladder import Rung, rung
from .moran import LocalMoran, Moran, local_moran, moran
from .near_repeat import Knox, knox
from .neighbours import as_adjacency, sharing_a_node, within_distance
from .network_density import Lixels, lixels, network_density
from .note import map_note, trend_note
from .permutation import permutations_needed
from .rates import benjamini_hochberg, empirical_bayes, fdr_q, garwood
from .scan import ScanCluster, kulldorff_scan
from .trend import MannKendall, emerging_class, mann_kendall

__all__ = [
    "Backtest",
    "GetisOrd",
    "Knox",
    "Lixels",
    "LocalMoran",
    "MannKendall",
    "Moran",
    "Prediction",
    "Rung",
    "ScanCluster",
    "as_adjacency",
    "backtest",
    "benjamini_hochberg",
    "dbscan",
    "emerging_class",
    "empirical_bayes",
    "fdr_q",
    "garwood",
    "getis_ord_star",
    "kernel_density",
    "knox",
    "kulldorff_scan",
    "lixels",
    "local_moran",
    "mann_kendall",
    "map_note",
    "moran",
    "near_on_network",
    "near_on_plane",
    "network_density",
    "permutations_needed",
    "predictive_accuracy_index",
    "rung",
    "sharing_a_node",
    "trend_note",
    "within_distance",
]
