"""Headers every answer carries. The policy lets nothing in that the site itself does not serve."""

from flask import Flask, Response, request

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'none'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
# Bokeh writes <style> elements into the page it draws on (measured: ui-ops.md §3.2)
_CHART_POLICY = _POLICY + "; style-src-elem 'self' 'unsafe-inline'"
_CHART_ENDPOINTS = frozenset({"dataset.show", "search.show", "compare.show"})
_EMBEDDED = "compare.embed"
_EMBED_POLICY = _CHART_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
"""Made to stand in pages of other sites: it shows open data and takes no input."""


def install(app: Flask) -> None:
    """Set the headers after every request."""

    @app.after_request
    def headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = _policy(request.endpoint)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
        response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        return response


def _policy(endpoint: str | None) -> str:
    if endpoint == _EMBEDDED:
        return _EMBED_POLICY
    return _CHART_POLICY if endpoint in _CHART_ENDPOINTS else _POLICY
