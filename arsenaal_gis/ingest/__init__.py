"""Ingest: delivered files become clean layers, with an honest report.

``check(wijk)`` reads everything and writes nothing; ``read(wijk)`` gives the :class:`Delivery` that
:func:`arsenaal_gis.wijk.importing.import_delivery` puts into ``wijk.gpkg``.
"""

from .fetch import Fetch, FetchError
from .read import Delivery, check, read
from .report import Report, SourceReport, describe

__all__ = ["Delivery", "Fetch", "FetchError", "Report", "SourceReport", "check", "describe", "read"]
