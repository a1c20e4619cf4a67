"""Where the data folders ``layers/`` and ``styles/`` lie: in the checkout, the plugin zip or the wheel."""

from pathlib import Path

from ..errors import ConfigError

_PACKAGE = Path(__file__).resolve().parents[1]


def data_folder(name: str) -> Path:
    """Find a data folder of the product.

    Args:
        name: ``"layers"`` or ``"styles"``.

    Returns:
        The folder inside the package (wheel), else beside it (checkout and plugin zip).

    Raises:
        ConfigError: The installation lacks the folder.
    """
    for candidate in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise ConfigError(
        f"The folder '{name}' is missing from the installation.", str(_PACKAGE), "Install again."
    )
