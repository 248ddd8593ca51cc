"""Headers every answer carries. The policy lets nothing in that the site itself does not serve."""

from flask import Flask, Response, request

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'none'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
# Bokeh writes <style> elements into the page it draws on (measured: ui-ops.md §3.2)
_CHART_POLICY = _POLICY + "; style-src-elem 'self' 'unsafe-inline'"
_CHART_ENDPOINTS = frozenset({"dataset.show", "search.show"})


def install(app: Flask) -> None:
    """Set the headers after every request."""

    @app.after_request
    def headers(response: Response) -> Response:
        chart = request.endpoint in _CHART_ENDPOINTS
        response.headers["Content-Security-Policy"] = _CHART_POLICY if chart else _POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
        response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        return response
