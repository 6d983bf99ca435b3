"""Owns the index: profiles, file readers, the encoder and the engines. No Flask here, and no `service`."""
