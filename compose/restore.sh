#!/usr/bin/env bash
# Brings a backup of compose/backup.sh back.
set -euo pipefail

usage() {
  cat <<'END'
Usage: compose/restore.sh [--yes] [--files] [--no-start] <backup>

Replaces LibreChat's database, uploads and images, the certificates, published pages and the relay's store by those of the backup,
and starts the deployment. Before anything is touched, the hashes of the backup are checked.

  --files      also replace .env, relay.env, librechat.env and the other files that are here already; those that are missing are
               always brought back
  --no-start   do not start LibreChat and the relay afterwards
  --yes        do not ask
  --help       show this help

The passwords in .env have to be those with which a database volume was made. To move to another machine, restore into a fresh
checkout: files and volumes come from the same backup then.
END
}

# shellcheck source=compose/deployment.sh
. "$(dirname "$0")/deployment.sh"

yes=false files=false start=true backup=''
while [ $# -gt 0 ]; do
  case $1 in
    --yes) yes=true ;;
    --files) files=true ;;
    --no-start) start=false ;;
    --help) usage; exit 0 ;;
    -*) usage_error "\"$1\" is not known." ;;
    *) [ -z "$backup" ] || usage_error "one backup at a time."; backup=$(path_of "$1") ;;
  esac
  shift
done
[ -n "$backup" ] || usage_error "name the folder of a backup."
[ -f "$backup/SHA256SUMS" ] || die "$backup is not a backup: it has no SHA256SUMS."
(cd "$backup" && sha256sum --check --quiet SHA256SUMS) || die "$backup is damaged; nothing was changed."

confirm "Replace the data of the deployment in $PWD by $backup?"
if $files; then tar -xzf "$backup/files.tar.gz"; else tar -xzf "$backup/files.tar.gz" --skip-old-files; fi
need_deployment

say "stopping LibreChat and the relay …"
for service in relay librechat rag_api; do docker compose stop "$service" >/dev/null 2>&1 || true; done
# Makes the volumes, with their labels, and gets or builds the images.
docker compose create >/dev/null 2>&1 || docker compose create || die "the containers cannot be created."

for archive in "$backup"/volumes/*.tar.gz; do
  [ -e "$archive" ] || continue
  volume=$(basename "$archive" .tar.gz)
  docker volume inspect "${project}_$volume" >/dev/null 2>&1 || { say "volume $volume is not part of this deployment; left out."; continue; }
  say "volume $volume …"
  in_helper 'find /volume -mindepth 1 -delete; gzip -dc | tar -C /volume -xf -' --volume "${project}_$volume:/volume" < "$archive"
done

if [ -f "$backup/shares.tar.gz" ]; then
  say "published pages …"
  in_helper 'rm -rf /data/state /data/blobs; gzip -dc | tar -C /data -xf -' --volume "${project}_relay-data:/data" < "$backup/shares.tar.gz"
fi

say "database …"
docker compose up --detach --wait mongodb || die "mongodb does not start."
# shellcheck disable=SC2016 # Expanded in the container, which knows the password.
docker compose exec -T mongodb sh -c \
  'exec mongorestore --quiet --uri "mongodb://$MONGO_INITDB_ROOT_USERNAME:$MONGO_INITDB_ROOT_PASSWORD@127.0.0.1:27017/?authSource=admin" --archive --gzip --drop' \
  < "$backup/mongodb.gz" || die "the database cannot be restored; mongorestore says why above. Is MONGO_ROOT_PASSWORD in .env the one of the volume?"
if [ -f "$backup/vectordb.sql.gz" ] && ! has_service vectordb; then
  say "the vector database is left out: COMPOSE_PROFILES in .env does not have rag."
elif [ -f "$backup/vectordb.sql.gz" ]; then
  say "vector database …"
  docker compose up --detach --wait vectordb || die "vectordb does not start."
  gzip -dc "$backup/vectordb.sql.gz" \
    | docker compose exec -T vectordb psql --quiet --single-transaction --set ON_ERROR_STOP=1 --username=rag --dbname=rag >/dev/null \
    || die "the vector database cannot be restored, and is as it was; psql says why above."
fi
if $start; then
  docker compose up --detach --wait || die "not everything became healthy: docker compose ps, docker compose logs"
fi
say "restored from $backup."
