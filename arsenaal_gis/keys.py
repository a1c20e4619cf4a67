"""Stable identifiers of features that no authority numbers."""

import uuid

# Root of every name below: a UUIDv5 of the project's own URL-like name, fixed for good.
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "arsenaal-gis")


def stable_id(*business_key: object) -> str:
    """Name a derived feature after its business key, so that a rerun names it the same.

    Args:
        business_key: The values that make the feature what it is, e.g. layer, parcel, rank.

    Returns:
        A UUIDv5 (RFC 9562, section 5.5) as text.
    """
    return str(
        uuid.uuid5(_NAMESPACE, "\x1f".join("" if part is None else str(part) for part in business_key))
    )
