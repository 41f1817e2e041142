# The site in a container: the same steps as on any machine (make set-up), then no more than it needs to run.
FROM python:3.13-slim-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY Makefile ./
COPY requirements ./requirements
RUN make .venv
COPY . .
RUN make set-up
# Hashes in the names of static files, compressed once. Needs no secret and no service.
RUN SECRET_KEY=build STATIC_MANIFEST=1 .venv/bin/python manage.py collectstatic --noinput

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin scenariotafel \
    && install --directory --owner scenariotafel /data
WORKDIR /app
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 STATIC_MANIFEST=1 SCENARIOTAFEL_DATA=/data
USER scenariotafel
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen(r.Request('http://127.0.0.1:8000/health/', headers={'Host': 'localhost', 'X-Forwarded-Proto': 'https'}))"]
CMD ["granian", "--interface", "asgi", "--loop", "uvloop", "--no-ws", "--no-access-log", "--backlog", "4096", "--backpressure", "4096", "--workers-kill-timeout", "5", "--host", "0.0.0.0", "--port", "8000", "config.asgi:application"]
