"""Settings: declared once in ``layers/instellingen/<sectie>.toml``, overridden in ``wijk.toml``."""

import datetime
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from .catalogue import data_folder
from .errors import ConfigError

_PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "integer": (int,),
    "real": (int, float),
    "boolean": (bool,),
    "date": (datetime.date,),
    "list": (list,),
    "table": (dict,),
}


@dataclass(frozen=True)
class Setting:
    """One setting as declared.

    Attributes:
        name: Key in ``wijk.toml`` (Dutch, with unit).
        type: ``text``, ``integer``, ``real``, ``boolean``, ``date``, ``list`` or ``table``.
        default: Value when ``wijk.toml`` is silent; None means "no default: state it".
        minimum, maximum: Range of a number, or None.
        options: Allowed values, empty for any.
        unit: Unit as printed.
        title, help: Texts by language.
        source: Where the default comes from.
    """

    name: str
    type: str
    title: Mapping[str, str]
    default: Any = None
    minimum: float | None = None
    maximum: float | None = None
    options: tuple[Any, ...] = ()
    unit: str = ""
    help: Mapping[str, str] = field(default_factory=dict)
    source: str = ""

    def check(self, value: Any, where: str) -> Any:
        """The value in its own type.

        Raises:
            ConfigError: It is of another type, out of range or not an option.
        """
        allowed = _PYTHON_TYPES[self.type]
        if not isinstance(value, allowed) or (isinstance(value, bool) and self.type != "boolean"):
            raise ConfigError(f"{value!r} is not of type {self.type}.", where, "Correct it in wijk.toml.")
        if self.type == "real":
            value = float(value)
        low, high = self.minimum, self.maximum
        if (low is not None and value < low) or (high is not None and value > high):
            limits = [f"at least {low}"] * (low is not None) + [f"at most {high}"] * (high is not None)
            raise ConfigError(
                f"{value!r} is out of range.",
                where,
                f"It must be {' and '.join(limits)} {self.unit}".strip() + ".",
            )
        if self.options and value not in self.options:
            raise ConfigError(f"{value!r} is not an option.", where, f"Choose from {list(self.options)}.")
        return value


@cache
def declared() -> Mapping[str, Mapping[str, Setting]]:
    """All declared settings by section and name."""
    sections = {}
    for path in sorted((data_folder("layers") / "instellingen").glob("*.toml")):
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        sections[path.stem] = {name: _declare(name, spec, path.name) for name, spec in raw.items()}
    return sections


def _declare(name: str, spec: Mapping[str, Any], file: str) -> Setting:
    renamed = {"min": "minimum", "max": "maximum"}
    try:
        values = {renamed.get(key, key): value for key, value in spec.items()}
        return Setting(name=name, **{**values, "options": tuple(values.get("options", ()))})
    except TypeError as error:
        raise ConfigError(f"Setting '{name}' cannot be read: {error}.", file, "Correct the file.") from error


class Settings(Mapping[str, Mapping[str, Any]]):
    """Checked values by section and name: ``settings["hitte"]["straal_m"]``."""

    def __init__(self, values: Mapping[str, Mapping[str, Any]]) -> None:
        self._values = values

    @classmethod
    def load(cls, overrides: Mapping[str, Any] | None = None) -> "Settings":
        """Defaults with the sections of ``wijk.toml`` laid over them.

        Args:
            overrides: Parsed ``wijk.toml``; sections that no stage declares are left alone.

        Raises:
            ConfigError: An unknown setting, or a value that cannot be.
        """
        overrides = overrides or {}
        values = {}
        for section, settings in declared().items():
            given = overrides.get(section, {})
            unknown = sorted(set(given) - set(settings))
            if unknown:
                raise ConfigError(
                    f"Unknown setting {', '.join(unknown)}.",
                    f"wijk.toml [{section}]",
                    f"Known: {', '.join(settings)}.",
                )
            values[section] = {
                name: setting.check(given[name], f"wijk.toml [{section}] {name}")
                if name in given
                else setting.default
                for name, setting in settings.items()
            }
        return cls(values)

    def __getitem__(self, section: str) -> Mapping[str, Any]:
        return self._values[section]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)
