# The app alone, without the tools and the training. compose.yaml runs two of it behind nginx.
#
#     docker build -t reelrec . && docker run --rm --read-only --tmpfs /tmp -p 127.0.0.1:8501:8501 reelrec

FROM python:3.11-slim-bookworm AS packages
COPY locks/app.txt /locks/app.txt
# Only finished wheels, each with a hash that the lock names: nothing is compiled, and no package runs code here.
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --require-hashes --no-deps --only-binary=:all: -r /locks/app.txt \
 && /venv/bin/pip uninstall --yes pip setuptools

FROM python:3.11-slim-bookworm
RUN install -d -o 10001 -g 10001 -m 700 /cache
COPY --from=packages /venv /venv
WORKDIR /app
COPY .streamlit/config.toml .streamlit/config.toml
COPY LICENSE streamlit_app.py ./
COPY static static
COPY artifacts artifacts
COPY data/series.csv data/worlds.csv data/
COPY pages pages
COPY reelrec reelrec
RUN python -m compileall -q reelrec pages streamlit_app.py
# The app writes TMDB's answers and the arrays that processes share to /cache, and nothing else; all other files may be read-only.
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    REELREC_CACHE=/cache
VOLUME /cache
USER 10001:10001
EXPOSE 8501
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=2)"]
# 0.0.0.0 is the container's own network; who reaches that is up to `docker run -p` or compose.yaml.
CMD ["streamlit", "run", "streamlit_app.py", "--server.address=0.0.0.0", "--server.port=8501"]
