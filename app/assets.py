"""Static files under addresses that change with their content, so that they may be kept for ever."""

import hashlib
from functools import lru_cache
from pathlib import Path

import bokeh
from flask import Flask, Response, abort, send_from_directory

KEEP_SECONDS = 365 * 24 * 3600
_BOKEH = Path(bokeh.__file__).parent / "server" / "static" / "js"
_BOKEH_FILES = frozenset({"bokeh.min.js"})


def install(app: Flask) -> None:
    """Serve ``/assets/<hash>/<path>`` and give templates ``asset(path)``."""
    static = Path(str(app.static_folder))

    @lru_cache(maxsize=512)
    def asset(path: str) -> str:
        return f"/assets/{_hash(_file(static, path))}/{path}"

    @app.get("/assets/<version>/<path:path>")
    def asset_file(version: str, path: str) -> Response:
        # the hash is for caches only; files that a style sheet names relatively come under its hash
        del version
        folder, name = _folder(static, path)
        response = send_from_directory(folder, name, max_age=KEEP_SECONDS)
        response.cache_control.immutable = True
        response.cache_control.public = True
        return response

    @app.get("/favicon.ico")
    def favicon() -> Response:
        return send_from_directory(static, "favicon.svg", max_age=KEEP_SECONDS)

    app.jinja_env.globals["asset"] = asset


def _folder(static: Path, path: str) -> tuple[Path, str]:
    if path.startswith("bokeh/"):
        name = path.removeprefix("bokeh/")
        if name not in _BOKEH_FILES:
            abort(404)
        return _BOKEH, name
    return static, path


def _file(static: Path, path: str) -> Path:
    folder, name = _folder(static, path)
    return folder / name


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
