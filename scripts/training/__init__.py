"""Trains the encoder: what it learns from, how wrong answers are chosen, and when it stops.

Run by scripts/train_encoder.py. `sources`, `spelling` and `pairs` are pure and need no torch.
"""
