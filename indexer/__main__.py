"""``python -m indexer``: the same as ``gbp``."""

from indexer.cli import main

if __name__ == "__main__":
    main()
