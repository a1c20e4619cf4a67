"""Transport for web services: plain HTTP with retry; QGIS hands in its own."""

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable

from ..errors import SourceError

Fetch = Callable[[str], bytes]
Sleep = Callable[[float], None]

_TIMEOUT_S = 60
# Too many requests, and faults that pass: gateway, overload, time-out.
_PASSING = {408, 425, 429, 500, 502, 503, 504}
_WAITS_S = (1.0, 2.0, 4.0, 8.0)
_LONGEST_WAIT_S = 60.0


class FetchError(SourceError):
    """A request that failed.

    Args:
        url: What was asked.
        reason: Why it failed.
        status: HTTP status, None where no answer came (cut or slow connection).
        retry_after: Seconds that the server asks to wait.
    """

    def __init__(
        self, url: str, reason: str, status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(
            f"The service does not answer: {reason}.", url, "Try again later, or ask for the file."
        )
        self.status = status
        self.retry_after = retry_after

    @property
    def passing(self) -> bool:
        """Whether trying again makes sense."""
        return self.status is None or self.status in _PASSING


def http_fetch(url: str) -> bytes:
    """Fetch a URL; honours the proxies of the environment.

    Args:
        url: An http or https URL.

    Returns:
        The whole body.

    Raises:
        FetchError: No answer, half an answer, or an error status.
    """
    if not url.lower().startswith(("http://", "https://")):
        raise SourceError("Only http and https are fetched.", url, "Correct 'pad' in wijk.toml.")
    request = urllib.request.Request(url, headers={"User-Agent": "arsenaal-gis"})
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        wait = error.headers.get("Retry-After", "")
        raise FetchError(
            url, f"status {error.code}", error.code, float(wait) if wait.isdigit() else None
        ) from error
    except (OSError, http.client.HTTPException) as error:
        raise FetchError(url, str(error) or type(error).__name__) from error


def retrying(fetch: Fetch, sleep: Sleep) -> Fetch:
    """Try again after faults that pass, waiting longer each time or as long as the server asks.

    Args:
        fetch: The transport.
        sleep: Waits that many seconds.

    Returns:
        A transport that gives up after five tries, or at once on a fault that does not pass.
    """

    def patient(url: str) -> bytes:
        for wait in _WAITS_S:
            try:
                return fetch(url)
            except FetchError as error:
                if not error.passing:
                    raise
                sleep(min(max(wait, error.retry_after or 0.0), _LONGEST_WAIT_S))
        return fetch(url)

    return patient
