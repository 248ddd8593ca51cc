"""What docker-compose.yml promises the operator, checked as Compose itself reads the file."""

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
SECRETS = {"GBP_SECRET": "made-up-secret", "OPENSEARCH_INITIAL_ADMIN_PASSWORD": "made-up-password"}


@pytest.fixture(scope="module")
def compose_command() -> str:
    command = shutil.which("docker-compose")
    if command is None:
        reason = "docker-compose was not found (Debian package docker-compose)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return command


def read_by_compose(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": os.environ["PATH"], **environment}
    with NamedTemporaryFile() as empty:  # else a developer's own .env would answer for the test
        arguments = [command, "--env-file", empty.name, "-f", str(ROOT / "docker-compose.yml"), "config"]
        return subprocess.run(arguments, check=False, capture_output=True, text=True, env=clean)


@pytest.fixture(scope="module")
def services(compose_command: str) -> dict[str, dict[str, Any]]:
    done = read_by_compose(compose_command, **SECRETS)
    assert done.returncode == 0, done.stderr
    services: dict[str, dict[str, Any]] = yaml.safe_load(done.stdout)["services"]
    return services


@pytest.mark.parametrize("name", SECRETS)
def test_nothing_starts_without_its_secret_from_the_environment(compose_command: str, name: str) -> None:
    others = {key: value for key, value in SECRETS.items() if key != name}
    done = read_by_compose(compose_command, **others)
    assert done.returncode != 0
    assert name in done.stderr


def test_the_search_engine_is_not_published_and_reaches_nothing_outside(services: dict[str, Any]) -> None:
    assert "ports" not in services["opensearch"]
    assert list(services["opensearch"]["networks"]) == ["engine"]


def test_only_the_web_service_is_published_and_only_on_loopback(services: dict[str, Any]) -> None:
    published = {name: str(service["ports"]) for name, service in services.items() if "ports" in service}
    assert list(published) == ["web"]
    assert "127.0.0.1" in published["web"]


def test_every_lasting_service_has_a_health_check_and_comes_back_by_itself(services: dict[str, Any]) -> None:
    lasting = services.keys() - {"certs"}  # certs ends, and opensearch waits for its success
    assert services["opensearch"]["depends_on"]["certs"]["condition"] == "service_completed_successfully"
    assert lasting == {"opensearch", "web", "charts", "worker", "scheduler"}
    for name in lasting:
        assert services[name]["healthcheck"]["test"], name
        assert services[name]["restart"] == "unless-stopped", name


@pytest.mark.parametrize("name", ["web", "charts", "worker", "scheduler"])
def test_the_portal_waits_for_the_engine_and_checks_its_certificate(
    services: dict[str, Any], name: str
) -> None:
    portal = services[name]
    environment = portal["environment"]
    password = SECRETS["OPENSEARCH_INITIAL_ADMIN_PASSWORD"]
    assert portal["depends_on"]["opensearch"]["condition"] == "service_healthy"
    assert environment["GBP_OPENSEARCH_URL"] == f"https://admin:{password}@opensearch:9200"
    assert any(environment["GBP_OPENSEARCH_CA"].startswith(folder) for folder in mounts(portal))
    assert environment["GBP_VAR"] in mounts(portal)


def mounts(service: dict[str, Any]) -> list[str]:
    """Target folders; Compose prints a volume as text or, in newer versions, as an object."""
    return [v["target"] if isinstance(v, dict) else v.split(":")[1] for v in service["volumes"]]
