"""``python -m app``: the portal behind waitress, which holds slow clients off its threads."""

import waitress

from app import create_app
from settings import Settings

THREADS = 8


def main() -> None:
    """Serve until told to stop."""
    settings = Settings.from_env()
    waitress.serve(create_app(settings), host=settings.host, port=settings.port, threads=THREADS, ident=None)


if __name__ == "__main__":
    main()
