"""The pages under /operator, where who runs the service imports people and looks after the index."""
