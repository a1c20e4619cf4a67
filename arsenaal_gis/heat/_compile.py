"""One source per kernel: numpy row operations, which numba compiles unchanged where it is installed."""

from collections.abc import Callable
from typing import TypeVar

Kernel = TypeVar("Kernel", bound=Callable)

try:
    import numba

    # fastmath without "no nans": rows may hold nan and infinities.
    _jit = numba.njit(cache=True, nogil=True, fastmath={"contract", "nsz", "reassoc"})
    COMPILED = not numba.config.DISABLE_JIT
except ImportError:
    _jit = None
    COMPILED = False


def compiled(kernel: Kernel) -> Kernel:
    """Compile ``kernel`` with numba if it is there; else return it as it is.

    Args:
        kernel: A function of arrays and numbers, written in operations that numpy and numba share.

    Returns:
        The compiled function, or ``kernel`` itself. Both give the same result.
    """
    return kernel if _jit is None else _jit(kernel)
