"""Timings and sizes."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np


def percentiles(milliseconds: Sequence[float], high: int = 95) -> tuple[float, float]:
    """Return the median and the percentile `high`."""
    median, rare = np.percentile(milliseconds, [50, high])
    return float(median), float(rare)


def timed(calls: Sequence[Callable[[], object]]) -> list[float]:
    """Return how long each of `calls` took, in ms."""
    took = []
    for call in calls:
        started = time.perf_counter()
        call()
        took.append((time.perf_counter() - started) * 1000)
    return took


def size_mb(folder: Path) -> float:
    """Return the size of all files below `folder` in MB."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink()) / 1e6
