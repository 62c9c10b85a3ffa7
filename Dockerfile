# Opora in a container: packages by hash, no compiler and no root at run time.
#   docker build -t opora . && docker run --env-file .env --hostname opora -v opora:/var/lib/opora opora
FROM python:3.11-slim AS packages
WORKDIR /build
COPY requirements-runtime.lock ./
RUN python -m venv /opt/opora \
 && /opt/opora/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements-runtime.lock

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/opora --create-home opora
COPY --from=packages /opt/opora /opt/opora
WORKDIR /app
COPY analytics analytics
COPY bot bot
COPY community community
COPY consent consent
COPY content content
COPY core core
COPY delivery delivery
COPY emulator emulator
COPY handlers handlers
COPY ingest ingest
COPY moderation moderation
COPY scheduler scheduler
COPY storage storage
COPY texts texts
COPY LICENSE ./
RUN printf '#!/bin/sh\nexec /opt/opora/bin/python -m bot "$@"\n' > /usr/local/bin/opora \
 && chmod 755 /usr/local/bin/opora \
 && /opt/opora/bin/python -m compileall -q /app
ENV PYTHONPATH=/app PYTHONUNBUFFERED=1 LISTEN_HOST=0.0.0.0 LISTEN_PORT=8080
USER opora
# The SQLite database, its key and the sender's fence live here. Keep the host name: the fence names the host it trusts.
WORKDIR /var/lib/opora
VOLUME /var/lib/opora
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["/opt/opora/bin/python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ['LISTEN_PORT'] + '/health', timeout=4)"]
STOPSIGNAL SIGTERM
CMD ["sh", "-c", "opora migrate && exec opora run"]
