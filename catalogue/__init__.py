"""The catalogue: datasets, editions and runs as the staff side knows them (not what readers see).

Used by the indexer, which writes it, and the app, which shows runs and freshness.
"""
