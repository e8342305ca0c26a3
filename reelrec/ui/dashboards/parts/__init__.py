"""What several dashboards draw with: figures, lines, bars, tables."""
