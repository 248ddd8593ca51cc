"""ETags: an answer is made of the build, the language, the last fetch, the address and the release: these name it."""

import hashlib
from pathlib import Path

from flask import Flask, Response, request

from app.portal import live, portal, read_build
from catalogue import fetches, language
from search.engine import EngineError

PUBLIC_SECONDS = 60
UNCACHED = frozenset({"status.show", "status.alive", "status.ready", "static", "asset_file", "favicon"})
"""What changes without a new build."""

STAFF = "staff."
"""Endpoints of the staff pages: nothing of them is kept anywhere."""


def _is_kept(endpoint: str | None) -> bool:
    return endpoint is not None and endpoint not in UNCACHED and not endpoint.startswith(STAFF)


def install(app: Flask) -> None:
    """Answer 304 before any work where the reader holds this very answer."""
    release = _release(Path(str(app.template_folder)))

    def etag(build: str) -> str:
        parts = (
            build,
            str(language.version(portal().catalogue)),
            str(fetches.version(portal().catalogue)),
            release,
            portal().version,
            portal().name,
            request.host_url,
            request.full_path,
        )
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]

    @app.before_request
    def unchanged() -> Response | None:
        asked = request.if_none_match
        if not asked or asked.star_tag or not _is_kept(request.endpoint):
            return None
        try:
            tag = etag(live().build.id)
        except EngineError:
            return None
        return Response(status=304, headers={"ETag": f'"{tag}"'}) if asked.contains_weak(tag) else None

    @app.after_request
    def tagged(response: Response) -> Response:
        build = read_build()
        kept = response.status_code in {200, 304} and _is_kept(request.endpoint)
        if kept and build is not None and "ETag" not in response.headers:
            response.set_etag(etag(build))
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = f"public, max-age={PUBLIC_SECONDS}" if kept else "no-store"
        return response


def _release(templates: Path) -> str:
    """Changes when a template does: a page kept from the release before must not live on."""
    found = hashlib.sha256()
    for path in sorted(templates.rglob("*.html")):
        found.update(path.read_bytes())
    return found.hexdigest()
