"""arsenaal_gis: heat, unsealing, hotspots and house visits for a city quarter.

The library holds everything that can be computed, checked, written or read without QGIS.
"""

__version__ = "0.1.0"
