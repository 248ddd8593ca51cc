"""Where data come from: one file a source. Knows no engine, no catalogue, no Flask."""
