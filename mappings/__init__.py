"""Index settings and Korean resources: data only, read by whoever needs them."""
