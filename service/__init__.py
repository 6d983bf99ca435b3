"""Answers: the JSON API, the pages and the ranking. No SQL and no Elasticsearch calls here."""
