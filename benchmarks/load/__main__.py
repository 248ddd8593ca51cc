"""Plays a plan: ``python -m benchmarks.load [PLAN.json]``, or the plan on standard input; prints the result."""

import gc
import json
import sys
from pathlib import Path

from benchmarks.load.plan import Plan
from benchmarks.load.playing import play


def main() -> None:
    text = Path(sys.argv[1]).read_text(encoding="utf-8") if len(sys.argv) > 1 else sys.stdin.read()
    try:
        plan = Plan.from_json(json.loads(text))
    except (KeyError, TypeError, ValueError) as error:
        raise SystemExit(f"no plan: {error}") from error
    gc.freeze()  # what is loaded by now is not looked through again in the middle of a request
    print(json.dumps(play(plan).as_json(), ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
