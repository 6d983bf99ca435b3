"""What a script makes for its own use and takes away at its end: a service, an index."""
