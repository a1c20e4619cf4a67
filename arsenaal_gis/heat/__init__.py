"""Heat."""

from .shadow import cast_shadow
from .sky_view import sky_view_factor
