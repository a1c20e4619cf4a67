"""Packages for QField: a project and a GeoPackage for one team on one day."""

from .package import make_package

__all__ = ["make_package"]
