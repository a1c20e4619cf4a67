"""A checksum of rows that does not depend on the file they end up in."""

import hashlib

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from .rows import Rows


def content_hash(name: str, frame: pd.DataFrame | Rows) -> str:
    """SHA-256 of a table: its name, columns, values and geometry, in order.

    Args:
        name: Name of the layer.
        frame: Its rows.

    Returns:
        64 hexadecimal digits; equal tables give equal digits on every machine.
    """
    if isinstance(frame, Rows):
        return frame.digest()
    digest = hashlib.sha256(f"{name}|{'|'.join(map(str, frame.columns))}|{len(frame)}".encode())
    spatial = frame.geometry.name if isinstance(frame, gpd.GeoDataFrame) else None
    for column in frame.columns:
        if column == spatial:
            shapes = shapely.to_wkb(frame.geometry.to_numpy(), byte_order=1)
            digest.update(b"".join(b"" if shape is None else shape for shape in shapes))
        else:
            digest.update(np.asarray(pd.util.hash_array(_plain(frame[column])), "<u8").tobytes())
    return digest.hexdigest()


def _plain(column: pd.Series) -> np.ndarray:
    """Values without the pandas type that happens to carry them."""
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return column.to_numpy().astype("datetime64[ms]").astype("int64")
    if pd.api.types.is_bool_dtype(column.dtype) or pd.api.types.is_numeric_dtype(column.dtype):
        return column.to_numpy(dtype=float, na_value=np.nan)
    return column.astype(object).where(column.notna(), "\x00").astype(str).to_numpy(dtype=object)
