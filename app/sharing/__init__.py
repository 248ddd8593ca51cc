"""The picture of a page that is shown where its address is shared."""
