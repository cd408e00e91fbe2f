# Stand-ins with the users, folders and variables of the real images, as the profile rag of docker-compose.sandpack.yml uses them.
ARG RAG_IMAGE
FROM ${RAG_IMAGE} AS vectordb
ENV PATH=/usr/lib/postgresql/17/bin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin PGDATA=/var/lib/postgresql/data
RUN usermod --uid 999 postgres && groupmod --gid 999 postgres \
    && mkdir -p "$PGDATA" && chown 999:999 "$PGDATA" && chmod 700 "$PGDATA"
COPY --chmod=755 vectordb.sh /usr/local/bin/
VOLUME /var/lib/postgresql/data
STOPSIGNAL SIGINT
CMD ["vectordb.sh"]

FROM ${RAG_IMAGE} AS rag_api
RUN mkdir /srv/api && touch /srv/api/health
CMD ["python3", "-c", "import http.server as h, functools as f; h.HTTPServer(('', 8000), f.partial(h.SimpleHTTPRequestHandler, directory='/srv/api')).serve_forever()"]
