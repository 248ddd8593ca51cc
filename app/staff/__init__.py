"""Staff pages below ``/admin``: runs, sources, datasets, uploads, builds. Everything there needs a login."""

from flask import Blueprint

from app.staff import builds, datasets, guard, login, overview, runs, sources, uploads

bp: Blueprint = guard.bp

__all__ = ["bp", "builds", "datasets", "login", "overview", "runs", "sources", "uploads"]
