"""Search: the query and result types, the Engine protocol and its two implementations."""
