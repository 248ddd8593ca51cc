"""The embedded engine: tantivy in process, no server. The only package that imports tantivy."""

from search.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
