"""One process of a crew (crew.py): ``python -m search.embedded``, told on standard input what to write."""

import sys

from search.embedded import crew

if __name__ == "__main__":
    crew.main(sys.stdin.buffer)
