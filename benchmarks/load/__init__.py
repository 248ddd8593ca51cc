"""Load on a server of this machine, from a process of its own: it must not share the server's interpreter."""

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.load.plan import Ask, Closed, Open, Plan, Result

__all__ = ["Ask", "Closed", "Open", "Plan", "Result", "run"]

ROOT = Path(__file__).parents[2]


def run(plan: Plan) -> Result:
    """The load, played by ``python -m benchmarks.load``; what that says of an error is seen on the terminal."""
    played = subprocess.run(
        [sys.executable, "-m", "benchmarks.load"],
        input=json.dumps(plan.as_json()),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return Result.from_json(json.loads(played.stdout))
