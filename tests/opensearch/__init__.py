"""The genuine OpenSearch with nori, started by the tests themselves."""
