"""The Models page: one module a section, each drawing what `evaluate` and `data describe` wrote.

A section reads JSON and builds a Drawing, which needs no Streamlit to be tested; `frame` puts it on the page.
"""
