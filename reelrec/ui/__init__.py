"""The only package that imports streamlit: state, posters, tiles, charts, text."""
