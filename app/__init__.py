"""The portal's web side: parameters to questions to pages, charts and API."""

from datetime import datetime
from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app import assets, caching, compressing, crawlers, errors, keeping, security, staff, turns, wording
from app.api import routes as api
from app.charts.album import Album
from app.charts.boundaries import Boundaries, opened
from app.memory import Memory
from app.pages import compare, dataset, datasets, home, search, share, status
from app.passing import Neighbours
from app.portal import Portal, Readings, was_late
from app.sharing.lettering import Lettering
from app.staff.guard import ROLE_NAMES
from app.staff.login import PASSWORDS
from catalogue.staff import Passwords
from catalogue.store import Catalogue
from search.engine import Engine
from search.opening import open_engine
from search.remembered import RememberingEngine
from settings import SEOUL, Settings

MAX_FORM_BYTES = 1_000_000


def create_app(
    settings: Settings | None = None,
    engine: Engine | None = None,
    handing: Path | None = None,
    neighbours: Neighbours | None = None,
) -> Flask:
    """The application. Without arguments it reads the environment; tests give their own engine.

    ``handing``: a folder in which the processes of one server hand each other answers. ``neighbours``: those processes.
    """
    settings = settings or Settings.from_env()
    asked = engine or open_engine(settings.opensearch_url, settings.opensearch_ca, settings.index)
    app = Flask(__name__, static_folder="static", template_folder="../templates")
    if settings.proxies:  # they alone may say who asks and by which scheme
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.config["MAX_CONTENT_LENGTH"] = MAX_FORM_BYTES
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    catalogue, boundaries = Catalogue(settings.database_url), _boundaries(settings)
    parts = Portal(
        settings,
        RememberingEngine(asked),
        catalogue,
        Readings(catalogue),
        boundaries,
        Memory(was_late=was_late),
        Lettering.load(),
        Album.of(settings.var, boundaries),
    )
    app.extensions["portal"] = parts
    app.extensions[PASSWORDS] = Passwords()
    app.url_map.strict_slashes = False
    for part in (home, search, datasets, dataset, compare, share, status, crawlers, api, staff):
        app.register_blueprint(part.bp)
    # first here is last there: what is packed is whole by then, what is kept is packed
    keeping.install(app, handing)
    compressing.install(app)
    assets.install(app)
    caching.install(app)
    turns.install(app, neighbours=neighbours)
    security.install(app)
    errors.install(app)
    app.jinja_env.globals.update(portal=parts, canonical=crawlers.canonical, role_names=ROLE_NAMES)
    app.jinja_env.filters.update(
        number=wording.number,
        day=lambda when: f"{when:%Y-%m-%d}",
        moment=lambda when: f"{when:%Y-%m-%d %H:%M}",
        isotime=lambda when: when.isoformat(),
        seoul=lambda when: when.astimezone(SEOUL),
        parsed=lambda text: datetime.fromisoformat(text).astimezone(SEOUL),
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    return app


def _boundaries(settings: Settings) -> Boundaries | None:
    """Borders for maps. Without a file at the default place there are none; one that is named must be there.

    Raises BoundariesError.
    """
    if settings.boundaries_file:
        return Boundaries.load(settings.boundaries_file)
    return opened(settings.boundaries)
