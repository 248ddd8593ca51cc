"""From a typed search to what is found: one way for pages, the API and the gate."""
