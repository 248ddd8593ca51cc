"""OpenSearch 3 with analysis-nori. The only package that imports opensearchpy.

A dataset's records carry a version; a build is a list of versions. Readers follow two aliases that
change in one step: ``gbp-live``, filtered to the versions, and ``gbp-build-<id>``, which names the
build. New records are written beside the old ones and seen by nobody until then.
"""

from search.opensearch.client import connect
from search.opensearch.engine import OpenSearchEngine

__all__ = ["OpenSearchEngine", "connect"]
