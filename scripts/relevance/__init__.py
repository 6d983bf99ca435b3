"""Measures relevance: data sets, metrics and their intervals. Run by scripts/evaluate_relevance.py."""
