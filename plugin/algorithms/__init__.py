"""The Processing provider: every step of the work as an algorithm."""

from .provider import ArsenaalProvider

__all__ = ["ArsenaalProvider"]
