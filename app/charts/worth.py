"""How much a chart tells, from 0 to 1: by what it covers and how far its values lie apart."""

from collections.abc import Sequence

import numpy as np


def coverage(records: float, of: float) -> float:
    """The share of records that a chart takes in."""
    return min(1.0, records / of) if of else 0.0


def spread(values: Sequence[float]) -> float:
    """How far values lie apart: 0 where all are the same, near 1 where they differ as much as they are large."""
    found = np.asarray(values, dtype=float)
    size = float(np.abs(found).mean()) if found.size else 0.0
    if not size or not np.isfinite(size):
        return 0.0
    deviation = float(found.std()) / size
    return deviation / (deviation + 0.25)


def worth(kind: float, *shares: float) -> float:
    """The weight of the kind, lessened by each share; a share of nothing halves it at most."""
    found = kind
    for share in shares:
        found *= 0.5 + 0.5 * max(0.0, min(1.0, share))
    return found
