"""ETags: an answer is made of the build, the language, the last fetch, the day, the address and the release."""

import hashlib
from datetime import datetime
from pathlib import Path

from flask import Flask, Response, current_app, g, request

from app.portal import live, portal, read_build, read_versions
from search.engine import EngineError
from settings import SEOUL

PUBLIC_SECONDS = 60
UNCACHED = frozenset({"status.show", "status.alive", "status.ready", "static", "asset_file", "favicon"})
"""What changes without a new build."""

RELEASE = "release"
"""Extension of the application: what its pages are made with."""

STAFF = "staff."
"""Endpoints of the staff pages: nothing of them is kept anywhere."""


def is_kept(endpoint: str | None) -> bool:
    """Whether its answers are the same until there is a new build, edit or fetch."""
    return endpoint is not None and endpoint not in UNCACHED and not endpoint.startswith(STAFF)


def install(app: Flask) -> None:
    """Answer 304 before any work where the reader holds this very answer."""
    app.extensions[RELEASE] = _release(Path(str(app.template_folder)))

    @app.before_request
    def unchanged() -> Response | None:
        asked = request.if_none_match
        if not asked or asked.star_tag:
            return None
        tag = known_tag()
        same = tag is not None and asked.contains_weak(tag)
        return Response(status=304, headers={"ETag": f'"{tag}"'}) if same else None

    @app.after_request
    def tagged(response: Response) -> Response:
        build = read_build()
        kept = response.status_code in {200, 304} and is_kept(request.endpoint)
        if kept and build is not None and "ETag" not in response.headers:
            response.set_etag(_tag(build))
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = f"public, max-age={PUBLIC_SECONDS}" if kept else "no-store"
        return response


def known_tag() -> str | None:
    """The tag of the answer to this request, before it is made; None for what changes without a new build."""
    if not is_kept(request.endpoint):
        return None
    try:
        return _tag(live().build.id)
    except EngineError:
        return None


def _tag(build: str) -> str:
    """The same one for all of a request."""
    if "tag" not in g:
        parts = (
            build,
            *map(str, read_versions()),
            # people ask for last year, and citations say when something was read
            datetime.now(SEOUL).date().isoformat(),
            current_app.extensions[RELEASE],
            portal().version,
            portal().name,
            request.host_url,
            request.full_path,
        )
        g.tag = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
    found: str = g.tag
    return found


def _release(templates: Path) -> str:
    """Changes when a template does: a page kept from the release before must not live on."""
    found = hashlib.sha256()
    for path in sorted(templates.rglob("*.html")):
        found.update(path.read_bytes())
    return found.hexdigest()
