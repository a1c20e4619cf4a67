"""``python -m arsenaal_gis.export docs`` writes the contract with the data warehouse."""

import sys
from pathlib import Path

from .contract import write

write(Path(sys.argv[1]))
