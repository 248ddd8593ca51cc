"""What commands work with, opened from the settings."""

from catalogue.store import Catalogue
from indexer.storage import Storage
from indexer.supply import Sleep, Supply
from indexer.workshop import Workshop
from search.opening import open_engine
from settings import Settings
from sources import entry
from sources.client import Client, Clock


def workshop(settings: Settings) -> Workshop:
    """Catalogue, storage, engine and supply of the settings."""
    engine = open_engine(settings.opensearch_url, settings.opensearch_ca, settings.index)
    catalogue = Catalogue(settings.database_url)
    return Workshop(catalogue, Storage(settings.var), engine, supply=supply(settings))


def supply(settings: Settings) -> Supply:
    """The list as it comes with the portal; entries of sources whose key is set run by themselves.

    Raises EntryError.
    """

    def client(sleep: Sleep) -> Client:
        return Client(gateways=settings.gateways, clock=Clock(sleep=sleep))

    return Supply(entry.load(), settings.folder, settings.keys, client)
