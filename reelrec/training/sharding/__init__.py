"""Ratings files of any size become a folder of parts, by DuckDB, which keeps on disk what memory does not hold."""
