"""``/robots.txt`` and ``/sitemap.xml``: what machines that read the whole site should read."""

from urllib.parse import quote
from xml.sax.saxutils import escape

from flask import Blueprint, Response, request

from app.portal import live

bp = Blueprint("crawlers", __name__)

# every address with parameters is a view of a page that the sitemap names, and there is no end of them
_ROBOTS = """\
User-agent: *
Disallow: /admin
Disallow: /api/
Disallow: /search
Disallow: /*?
Disallow: /*.csv$
Disallow: /*.xlsx$
Disallow: /*.json$
Disallow: /datasets/*/charts/
Sitemap: {root}sitemap.xml
"""


def canonical() -> str:
    """The one address of the page asked for: its views under filters are no pages of their own."""
    return request.url_root + quote(request.path.strip("/"))


@bp.get("/robots.txt")
def robots() -> Response:
    return Response(_ROBOTS.format(root=request.url_root), mimetype="text/plain")


@bp.get("/sitemap.xml")
def sitemap() -> Response:
    """Home, lists and every dataset with the day its data came."""
    snapshot = live()
    day = snapshot.build.published_at[:10]
    pages = [(path, day) for path in ("", "datasets", "areas")]
    pages += [
        (quote(f"datasets/{one.id}"), one.fetched_at[:10])
        for one in sorted(snapshot.datasets.values(), key=lambda one: one.id)
    ]
    lines = [
        f"<url><loc>{escape(request.url_root + path)}</loc><lastmod>{when}</lastmod></url>"
        for path, when in pages
    ]
    body = "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
            *lines,
            "</urlset>\n",
        )
    )
    return Response(body, mimetype="application/xml")
