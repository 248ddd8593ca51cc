"""Staff pages below ``/admin``: runs, sources, datasets, uploads, builds. Everything there needs a login."""

from app.staff import builds, datasets, guard, login, overview, runs, sources, uploads

bp = guard.bp

__all__ = ["bp", "builds", "datasets", "login", "overview", "runs", "sources", "uploads"]
