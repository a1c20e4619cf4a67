"""From criteria to an explained, robust ranking: used by heat, unsealing and visits alike."""

from .criteria import Criterion, explain, unit_scale
from .pareto import pareto_front
from .robustness import rank_acceptability, robustness_class, weight_sensitivity
from .scoring import contributions, known_share, rank, score
from .topsis import topsis

__all__ = [
    "Criterion",
    "contributions",
    "explain",
    "known_share",
    "pareto_front",
    "rank",
    "rank_acceptability",
    "robustness_class",
    "score",
    "topsis",
    "unit_scale",
    "weight_sensitivity",
]
