"""Aliases on the server: what is live, and the one step that changes it."""

from opensearchpy import OpenSearch

from search.engine import Busy
from search.manifest import Manifest
from search.opensearch import aliases
from search.opensearch.client import our_errors

WRITE_SECONDS = 600


def known(client: OpenSearch, pattern: str) -> list[aliases.Alias]:
    """Index and alias of every alias of ours; removing takes names, a wildcard removes nothing."""
    with our_errors():
        found = client.indices.get_alias(name=pattern, params={"allow_no_indices": "true"})
    return [(index, alias) for index, entry in sorted(found.items()) for alias in sorted(entry["aliases"])]


def point(client: OpenSearch, published: Manifest, instead_of: Manifest | None) -> None:
    """Publish: both aliases leave the old build and name the new one, in one step.

    Raises Busy where the old build is not the live one any more: what came between would be lost.
    """
    live = known(client, aliases.EVERY)
    expected = {(instead_of.index, aliases.mark(instead_of.build.id))} if instead_of else set()
    if aliases.marks(live) != expected:
        raise Busy("another build was published meanwhile: index again")
    with our_errors():
        client.indices.update_aliases(
            body=aliases.moved(live, to=published), params={"timeout": WRITE_SECONDS}
        )
