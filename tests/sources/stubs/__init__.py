"""Servers that play the Korean open-data services, faults and all, from what is publicly known of their
wire formats; no row is real. A test needs ``Stub``, ``Fault`` and now and then ``world``.
"""

from tests.sources.stubs.faults import NAMES, Fault
from tests.sources.stubs.server import Stub
from tests.sources.stubs.wire import Answer, Asked, Row, Worlds
from tests.sources.stubs.world import world

__all__ = ["NAMES", "Answer", "Asked", "Fault", "Row", "Stub", "Worlds", "world"]
