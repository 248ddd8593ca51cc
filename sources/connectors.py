"""The sources there are, each by its name."""

from collections.abc import Mapping

from sources import datagokr, kosis, mois, seoul
from sources.connector import Connector

CONNECTORS: Mapping[str, Connector] = {
    one.name: one for one in (seoul.CONNECTOR, kosis.CONNECTOR, datagokr.CONNECTOR, mois.CONNECTOR)
}
