"""From priorities to rounds: whom which team visits when, in which order on foot."""

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import shapely

from ..errors import MethodError
from ..keys import stable_id
from ..network import WalkingNetwork
from ..progress import SILENT, Progress
from .answers import DAYPARTS
from .fairness import Street, street_coverage
from .orienteering import Problem, Solution, schedule, solve
from .shifts import Shift

MINUTE = 60.0
# Sides of an appointment's window (s): the team may come a quarter of an hour late, never early.
LATE_S = 15 * MINUTE


@dataclass(frozen=True)
class RoundPlan:
    """The rounds of a week.

    Attributes:
        rounds: One row per team and day (layer ``rondes``, without geometry).
        lines: Way of each round along the pavements.
        stops: One row per visit, in order (layer ``ronde_stops``, without geometry).
        streets: Coverage per street (layer ``ronde_straten``).
        summary: Value, bound, engine, price of fairness and what was left out.
        solution: The solution behind it.
    """

    rounds: pd.DataFrame
    lines: list[shapely.LineString]
    stops: pd.DataFrame
    streets: pd.DataFrame
    summary: dict[str, object]
    solution: Solution


def plan_rounds(
    dwellings: pd.DataFrame,
    places: np.ndarray,
    start: shapely.Point,
    network: WalkingNetwork,
    week: list[Shift],
    *,
    visit_min: float = 35.0,
    missed_min: float = 3.0,
    together: tuple[str, ...] = (),
    fairness: float = 0.8,
    street_size: int = 10,
    iterations: int | None = 800,
    time_limit: float | None = None,
    seed: int = 0,
    engine: str = "auto",
    progress: Progress = SILENT,
) -> RoundPlan:
    """Plan the rounds of several teams over several days as one team orienteering problem.

    Maximises the sum of value times answer chance within each team's time; then walks as little as possible.
    Appointments are kept in their window, a visit's kind decides which team may make it, an attempt goes to
    another daypart than the earlier ones, and no street of ``street_size`` dwellings that may be visited
    falls below ``fairness`` times the mean coverage. What that costs is stated.

    Args:
        dwellings: Rows of ``bezoek_prioriteit``.
        places: (n,) points of their doors.
        start: The wijkhuis, where rounds begin and end.
        network: Walking network.
        week: Shifts.
        visit_min: Minutes at a door that opens.
        missed_min: Minutes at a door that stays shut.
        together: Kinds of visit that two people make.
        fairness: Least coverage of a street, as a share of the mean; 0 for none.
        street_size: Streets with fewer dwellings to visit have no minimum.
        iterations: Iterations of the engine, for the plain and for the fair plan each.
        time_limit: Cap in seconds for all of it.
        seed: Seed.
        engine: ``auto``, ``ingebouwd`` or ``pyvrp``.
        progress: Progress.

    Returns:
        The rounds, verified.

    Raises:
        MethodError: Without shifts, or if the wijkhuis is not on the network.
    """
    if not week:
        raise MethodError(
            "There is no shift to plan.", "[bezoeken] teams, dagdelen", "Name a team and a day."
        )
    first, agreed = (dwellings[name].to_numpy("datetime64[D]") for name in ("niet_voor", "afspraak_op"))
    begin, end = (np.datetime64(shift.day) for shift in (week[0], week[-1]))
    this_week = (first <= end) | ((agreed >= begin) & (agreed <= end))
    rows, positions, travel, left_out = _reachable(
        dwellings[this_week], np.asarray(places, dtype=object)[this_week], start, network
    )
    problem, appointments = _problem(rows, travel, week, visit_min, missed_min, together)
    refused = [node for node in appointments if not any(node in nodes for nodes in problem.fixed)]
    open_rows = (problem.prizes[:, 1:-1] > 0).any(axis=0)
    streets = street_coverage(rows["straat"].to_numpy(object), open_rows, street_size)

    plain_limit = None if time_limit is None else 0.4 * time_limit
    plain = solve(problem, iterations, plain_limit, seed, engine, progress=progress)
    fair, minimum = _fair(problem, plain, streets, fairness, iterations, time_limit, seed, progress)
    appointments_lost = sorted(str(rows["woning_id"].iat[node - 1]) for node in refused)
    table = pd.DataFrame(
        [street.row(_visited(fair), minimum.get(street.name, 0)) for street in streets],
        columns=["straat", "bezoekbaar", "gepland", "dekking", "minimum", "telt_mee"],
    )
    counted = table.loc[table["telt_mee"], "dekking"]
    rounds, lines, stops = _tables(problem, fair, rows, positions, network, week)
    price = max(0.0, plain.prize - fair.prize)
    return RoundPlan(
        rounds,
        lines,
        stops,
        table,
        {
            "motor": fair.engine,
            "waarde": fair.prize,
            "bovengrens": plain.upper_bound,
            "waarde_zonder_billijkheid": max(plain.prize, fair.prize),
            "prijs_billijkheid": price,
            "prijs_billijkheid_pct": 100 * price / plain.prize if plain.prize else 0.0,
            "laagste_dekking_t_o_v_gemiddelde": float(counted.min() / counted.mean())
            if counted.sum()
            else None,
            "iteraties": plain.iterations + (fair.iterations if fair is not plain else 0),
            "herhaalbaar": not (plain.capped or fair.capped),
            "woningen_bezoekbaar": int(open_rows.sum()),
            "woningen_gepland": len(stops),
            "niet_bereikbaar": left_out,
            "afspraken_niet_gepland": appointments_lost,
        },
        fair,
    )


def _reachable(
    dwellings: pd.DataFrame, places: np.ndarray, start: shapely.Point, network: WalkingNetwork
) -> tuple[pd.DataFrame, object, np.ndarray, list[str]]:
    """Dwellings to which a way leads, positions and times with the wijkhuis first and last."""
    frame = dwellings.reset_index(drop=True)
    doors = network.locate(
        [start, *places, start], [None, *(None if pd.isna(name) else name for name in frame["straat"]), None]
    )
    travel = network.travel_times(doors)
    near = np.isfinite(travel[0])
    if len(frame) and not near[1:-1].any():
        raise MethodError(
            "No dwelling can be reached on foot from the wijkhuis.",
            "straten",
            "Check its place and the streets.",
        )
    left_out = frame.loc[~near[1:-1], "woning_id"].astype(str).tolist()
    return frame[near[1:-1]].reset_index(drop=True), doors.take(near), travel[np.ix_(near, near)], left_out


def _problem(
    rows: pd.DataFrame,
    travel: np.ndarray,
    week: list[Shift],
    visit_min: float,
    missed_min: float,
    together: tuple[str, ...],
) -> tuple[Problem, list[int]]:
    """The orienteering problem of a week, and the nodes that have an appointment in it."""
    n, count = len(rows) + 2, len(week)
    prizes, service = np.zeros((count, n)), np.zeros((count, n))
    opens, closes = np.zeros((count, n)), np.full((count, n), np.inf)
    chance = {part: rows[f"kans_{part}"].to_numpy(float) for part in DAYPARTS}
    worth = rows["planwaarde"].to_numpy(float)
    first = rows["niet_voor"].to_numpy("datetime64[D]")
    agreed = pd.to_datetime(rows["afspraak_op"])
    tried = [set(str(parts).split(",")) for parts in rows["dagdelen_geprobeerd"].fillna("")]
    kinds = rows["bezoektype"].astype(str).tolist()
    appointments = [
        i + 1
        for i, moment in enumerate(agreed)
        if not pd.isna(moment) and week[0].day <= moment.date() <= week[-1].day
    ]
    promised = agreed.notna().to_numpy()
    for r, shift in enumerate(week):
        p = chance[shift.daypart]
        service[r, 1:-1] = MINUTE * (p * visit_min + (1 - p) * missed_min)
        able = np.array([shift.may(kind, together) for kind in kinds], bool)
        fresh = np.array(
            [shift.daypart not in parts or len(parts & set(DAYPARTS)) >= 4 for parts in tried], bool
        )
        # A missing first day (not in this wave, vacant) compares as false.
        free = able & fresh & (first <= np.datetime64(shift.day)) & ~promised
        prizes[r, 1:-1] = np.where(free, worth * p, 0.0)
    fixed: list[list[int]] = [[] for _ in week]
    problem = Problem(travel, prizes, np.array([MINUTE * s.minutes for s in week]), service, opens, closes)
    for node in sorted(appointments, key=lambda i: (agreed.iat[i - 1], i)):
        moment = agreed.iat[node - 1].to_pydatetime()
        route = _fix(problem, fixed, node, moment, kinds[node - 1], week, visit_min, together)
        if route is not None:
            prizes[route, node] = max(worth[node - 1], 1.0)
    return replace(problem, fixed=tuple(tuple(nodes) for nodes in fixed)), appointments


def _fix(
    problem: Problem,
    fixed: list[list[int]],
    node: int,
    agreed: dt.datetime,
    kind: str,
    week: list[Shift],
    visit_min: float,
    together: tuple[str, ...],
) -> int | None:
    """Give an appointment to the first shift that can keep it beside those it has; None if none can."""
    for r, shift in enumerate(week):
        if shift.day != agreed.date() or not shift.may(kind, together):
            continue
        begin = (agreed - shift.begins).total_seconds()
        if not 0 <= begin <= problem.limits[r]:
            continue
        problem.opens[r, node], problem.closes[r, node] = begin, begin + LATE_S
        problem.service[r, node] = MINUTE * visit_min
        nodes = np.array([0, *sorted([*fixed[r], node], key=lambda i: problem.opens[r, i]), problem.size - 1])
        early, late = schedule(problem, r, nodes)
        if (early <= late).all():
            fixed[r].append(node)
            return r
        problem.opens[r, node], problem.closes[r, node] = 0.0, np.inf
    return None


def _visited(solution: Solution) -> set[int]:
    """Rows that a solution visits."""
    return {node - 1 for nodes in solution.routes for node in nodes[1:-1]}


def _fair(
    problem: Problem,
    plain: Solution,
    streets: list[Street],
    fairness: float,
    iterations: int | None,
    time_limit: float | None,
    seed: int,
    progress: Progress,
) -> tuple[Solution, dict[str, int]]:
    """Raise the streets that fall below the share of the mean until none does.

    The minima follow the mean of the plan in hand, which itself moves a little: a second round asks slightly
    more than the share, and so on. If four do not do it, the fairest plan is kept and its lowest street told.
    """
    counted = [street for street in streets if street.counts]
    if not counted or fairness <= 0:
        return plain, {}
    group = np.full(problem.size, -1)
    for number, street in enumerate(counted):
        group[street.rows + 1] = number
    sizes = np.array([len(street.rows) for street in counted])
    best, best_share, best_quota = plain, -1.0, np.zeros(len(counted), int)
    current, quota = plain, best_quota
    for time_share, margin in ((0.3, 1.0), (0.15, 1.02), (0.1, 1.05), (0.05, 1.1), (0.0, 1.0)):
        coverage = np.array([street.coverage(_visited(current)) for street in counted])
        share = float(coverage.min() / coverage.mean()) if coverage.any() else 1.0
        if share > best_share:
            best, best_share, best_quota = current, share, quota
        if share >= fairness or not time_share:
            break
        quota = np.maximum(quota, np.ceil(margin * fairness * coverage.mean() * sizes - 1e-9).astype(int))
        limit = None if time_limit is None else time_share * time_limit
        # Built up anew: the minima are filled first, which a search from the plain plan is slow to do.
        fair = replace(problem, group=group, minimum=quota)
        current = solve(fair, iterations, limit, seed, "ingebouwd", progress=progress)
    return best, {street.name: int(least) for street, least in zip(counted, best_quota, strict=True)}


def _tables(
    problem: Problem,
    solution: Solution,
    rows: pd.DataFrame,
    positions: object,
    network: WalkingNetwork,
    week: list[Shift],
) -> tuple[pd.DataFrame, list[shapely.LineString], pd.DataFrame]:
    """Rounds, their lines and their stops."""
    rounds, lines, stops = [], [], []
    for r, (shift, nodes) in enumerate(zip(week, solution.routes, strict=True)):
        if len(nodes) == 2:
            continue
        key = stable_id("ronde", shift.team, shift.day.isoformat(), shift.daypart)
        order = np.array(nodes)
        early, _ = schedule(problem, r, order)
        legs = problem.travel[order[:-1], order[1:]]
        line = network.route(positions, order)
        lines.append(line)
        rounds.append(
            {
                "ronde_id": key,
                "datum": pd.Timestamp(shift.day),
                "dagdeel": shift.daypart,
                "team": shift.team,
                "functies": ", ".join(sorted(shift.roles)),
                "stops": len(nodes) - 2,
                "waarde": float(problem.prizes[r, order[1:-1]].sum()),
                "verwachte_contacten": float(rows[f"kans_{shift.daypart}"].to_numpy()[order[1:-1] - 1].sum()),
                "wandel_m": float(line.length),
                "wandel_min": float(legs.sum() / MINUTE),
                "deur_min": float(problem.service[r, order[1:-1]].sum() / MINUTE),
                "duur_min": float(early[-1] / MINUTE),
                "beschikbaar_min": shift.minutes,
            }
        )
        for number, (node, clock, leg) in enumerate(zip(order[1:-1], early[1:-1], legs, strict=False), 1):
            row = rows.iloc[node - 1]
            attempt = int(row["pogingen"]) + 1
            stops.append(
                {
                    "stop_id": stable_id("ronde_stop", key, row["woning_id"]),
                    "ronde_id": key,
                    "volgnummer": number,
                    "woning_id": row["woning_id"],
                    "adres_id": row["adres_id"],
                    "straat": row["straat"],
                    "huisnummer": row["huisnummer"],
                    "busnummer": row["busnummer"],
                    "aankomst": shift.begins + dt.timedelta(seconds=round(float(clock))),
                    "wandel_min": float(leg / MINUTE),
                    "bezoektype": row["bezoektype"],
                    "poging": attempt,
                    "achterlaten": {2: "kaart", 4: "brief"}.get(attempt, "niets"),
                    "afspraak_op": row["afspraak_op"] if node in problem.fixed[r] else pd.NaT,
                    "kans": float(row[f"kans_{shift.daypart}"]),
                    "punten": float(row["punten"]),
                    "waarom_hier": "; ".join(str(row["redenen"]).split("; ")[:3]),
                }
            )
    return pd.DataFrame(rounds), lines, pd.DataFrame(stops)
