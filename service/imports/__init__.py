"""What operators do with the index from their browser: check a file, import it, undo an import."""
