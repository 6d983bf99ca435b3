"""Measures speed and memory: a population of any size, and timings. Run by scripts/benchmark.py."""
