"""What people would use instead, on the same records: Datasette, SQLite's FTS5 by itself, DuckDB."""
