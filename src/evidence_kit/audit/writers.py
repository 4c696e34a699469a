"""Results are written in threads: while the disk answers for some, the next ones are taken in."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import ParamSpec

WRITERS = 4
"""Results that are written at a time, and are in memory meanwhile."""

Given = ParamSpec("Given")


class Writers:
    """A few threads that write; a context manager, which ends when all is written."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(WRITERS)
        self._under_way: deque[Future[None]] = deque()

    def __enter__(self) -> Writers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown()
        while kind is None and self._under_way:
            self._under_way.popleft().result()

    def write(self, function: Callable[Given, None], *given: Given.args, **named: Given.kwargs) -> None:
        """Have a function called, as soon as there is a thread for it; raises what an earlier call raised."""
        while len(self._under_way) >= WRITERS:
            self._under_way.popleft().result()
        self._under_way.append(self._pool.submit(function, *given, **named))
