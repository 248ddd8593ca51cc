"""What commands work with, opened from the settings."""

from catalogue.store import Catalogue
from indexer.storage import Storage
from indexer.workshop import Workshop
from search.opening import open_engine
from settings import Settings


def workshop(settings: Settings) -> Workshop:
    """Catalogue, storage and engine of the settings."""
    engine = open_engine(settings.opensearch_url, settings.opensearch_ca, settings.index)
    return Workshop(Catalogue(settings.database_url), Storage(settings.var), engine)
