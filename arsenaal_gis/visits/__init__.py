from .orienteering import solve_team_orienteering

__all__ = ["solve_team_orienteering"]
