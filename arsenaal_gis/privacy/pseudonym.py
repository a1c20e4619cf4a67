"""Keyed pseudonyms and keyed noise: the same record always gets the same, without the key nobody can."""

import hashlib
import hmac
from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import ReleaseRefused


def pseudonym(identifier: object, secret: bytes) -> str:
    """Replace an identifier by HMAC-SHA256 under a secret.

    A plain hash would not do: all addresses of a city can be hashed and compared in a second.

    Args:
        identifier: Address, dwelling or household id.
        secret: At least 16 bytes, kept outside the wijk folder.

    Returns:
        64 hexadecimal digits.

    Raises:
        ReleaseRefused: The secret is too short to protect anything.

    Source:
        RFC 2104; ENISA (2019), Pseudonymisation techniques and best practices.
    """
    if len(secret) < 16:
        raise ReleaseRefused(
            "De geheime sleutel voor pseudoniemen telt minder dan 16 bytes.",
            "privacy",
            'Maak er een met `python -c "import secrets; print(secrets.token_hex(32))"`.',
        )
    return hmac.new(secret, str(identifier).encode(), hashlib.sha256).hexdigest()


def record_keys(identifiers: Iterable[object], secret: bytes) -> NDArray[np.float64]:
    """Give each record a number in [0, 1) that never changes, for :func:`cell_key_noise`."""
    scale = 2.0**-48
    return np.array([int(pseudonym(i, secret)[:12], 16) * scale for i in identifiers])


def cell_key_noise(keys: ArrayLike, cell: ArrayLike, n_cells: int, spread: int = 2) -> NDArray[np.int64]:
    """Noise per cell that depends only on which records are in it.

    The fractional part of the sum of the record keys is the cell key; it is uniform, so that cutting [0, 1)
    in equal parts draws from -spread .. +spread. The same records give the same noise in every table and
    at every repetition: averaging repeated releases brings nothing to light. An empty cell stays empty.

    Args:
        keys: (n,) record keys in [0, 1).
        cell: (n,) index of the cell of each record.
        n_cells: Number of cells.
        spread: Largest absolute noise.

    Returns:
        (n_cells,) whole numbers to add to the counts.

    Source:
        Fraser and Wooton (2005); Eurostat (2019), cell-key method for the 2021 census.
    """
    index = np.asarray(cell, np.int64)
    total = np.bincount(index, weights=np.asarray(keys, float), minlength=n_cells)
    filled = np.bincount(index, minlength=n_cells) > 0
    noise = np.floor((total % 1.0) * (2 * spread + 1)).astype(np.int64) - spread
    return np.where(filled, noise, 0)
