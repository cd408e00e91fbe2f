#!/usr/bin/env bash
# Saves a deployment: MongoDB's data, volumes, env files.
set -euo pipefail

usage() {
  cat <<'END'
Usage: compose/backup.sh [--to <folder>] [--keep <number>] [--no-store] [--live]

Writes backups/<date and time>/, readable by you alone:
  mongodb.gz        a dump of LibreChat's database
  volumes/*.tar.gz  uploads, images, certificates, and the relay's store
  shares.tar.gz     published pages (with DATABASE_URL, their files: save that database with pg_dump first)
  vectordb.sql.gz   with the profile rag
  files.tar.gz      .env, relay.env, librechat.env, npmrc, compose.override.yml, deploy/
  images            which images ran
  SHA256SUMS        hashes of all of these

LibreChat is paused while the database and its files are read, so that they belong together; users notice a delay, no error.
Meilisearch's index and downloaded models are not saved: they are made again.

  --to <folder>     instead of backups/
  --keep <number>   afterwards remove all but the newest ones
  --no-store        leave out the relay's store, which can be fetched again
  --live            do not pause LibreChat
  --help            show this help

Prints the folder of the backup.
END
}

# shellcheck source=compose/deployment.sh
. "$(dirname "$0")/deployment.sh"

folder=$PWD/backups keep='' store=true live=false
while [ $# -gt 0 ]; do
  case $1 in
    --to) [ $# -gt 1 ] || usage_error "--to needs a folder."; folder=$(path_of "$2"); shift ;;
    --keep)
      [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || usage_error "--keep needs a number from 1."
      keep=$2
      shift
      ;;
    --no-store) store=false ;;
    --live) live=true ;;
    --help) usage; exit 0 ;;
    *) usage_error "\"$1\" is not known." ;;
  esac
  shift
done

need_deployment
name=$(date -u +%Y-%m-%dT%H%M%SZ)
umask 077
mkdir -p "$folder"
target=$folder/$name
work=$folder/.$name.partial
mkdir -p "$work/volumes"

paused=false
go_on() {
  if $paused; then docker compose unpause librechat >/dev/null 2>&1 || say "LibreChat is still paused: docker compose unpause librechat"; fi
  paused=false
}
clean_up() {
  go_on
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

save_volume() {
  say "volume $1 …"
  # Published pages are saved by themselves, below.
  in_helper 'tar -C /volume --exclude=./state --exclude=./blobs --exclude=./.backup -cf - . | gzip -1' --volume "${project}_$1:/volume:ro" > "$work/volumes/$1.tar.gz"
}

# While the relay runs: the database at one moment, then the files, which never change.
save_shares() {
  say "published pages …"
  if grep -q '^DATABASE_URL=.' relay.env 2>/dev/null; then say "their database is PostgreSQL's, which is not saved here."; fi
  # shellcheck disable=SC2016 # Expanded in the container.
  in_helper 'copy=/data/.backup
    rm -rf "$copy"
    trap "rm -rf $copy" EXIT
    # An image from before there were published pages, as upgrade.sh meets it, has none.
    if [ -e /app/dist/relay/cli/share.js ]; then node /app/dist/relay/cli/share.js backup "$copy" >&2
    else mkdir -p "$copy/state" "$copy/blobs"; fi
    tar -C "$copy" -cf - state blobs | gzip -1' --user 1000:1000 --volume "${project}_relay-data:/data" > "$work/shares.tar.gz" \
    || die "published pages cannot be saved; the reason is above."
}

if is_running librechat && ! $live; then
  docker compose pause librechat >/dev/null 2>&1 || die "LibreChat cannot be paused; --live goes without."
  paused=true
fi
is_running mongodb || die "mongodb is not running; start it: docker compose up -d --wait mongodb"
say "database …"
# shellcheck disable=SC2016 # Expanded in the container, which knows the password.
docker compose exec -T mongodb sh -c \
  'exec mongodump --quiet --uri "mongodb://$MONGO_INITDB_ROOT_USERNAME:$MONGO_INITDB_ROOT_PASSWORD@127.0.0.1:27017/?authSource=admin" --archive --gzip' \
  > "$work/mongodb.gz" || die "the database cannot be dumped; mongodump says why above."
for volume in $(volumes); do
  case $volume in librechat-images | librechat-uploads) save_volume "$volume" ;; esac
done
if is_running vectordb; then
  say "vector database …"
  docker compose exec -T vectordb pg_dump --username=rag --dbname=rag --clean --if-exists | gzip -1 > "$work/vectordb.sql.gz" \
    || die "the vector database cannot be dumped; pg_dump says why above."
fi
go_on
for volume in $(volumes); do
  case $volume in relay-data) save_shares ;; esac
  case $volume in
    relay-data) if $store; then save_volume "$volume"; fi ;;
    letsencrypt) save_volume "$volume" ;;
  esac
done

files=()
for file in .env relay.env librechat.env npmrc compose.override.yml librechat.yaml deploy; do
  if [ -e "$file" ]; then files+=("$file"); fi
done
tar -czf "$work/files.tar.gz" "${files[@]}"
docker compose ps --all --format '{{.Service}} {{.Image}}' | sort -u > "$work/images"
hashes=$(cd "$work" && find . -type f -print0 | sort -z | xargs -0 sha256sum)
echo "$hashes" > "$work/SHA256SUMS"
mv "$work" "$target"

if [ -n "$keep" ]; then
  find "$folder" -mindepth 1 -maxdepth 1 -type d -name '20*Z' | sort -r | tail -n "+$((keep + 1))" | xargs -r rm -rf
fi
# Docker counts health checks of a paused container as failed, and takes that back at the next one.
for _ in $(seq 60); do
  state=$(docker compose ps --format '{{.Health}}' librechat 2>/dev/null || true)
  if [ "$state" != unhealthy ]; then break; fi
  sleep 1
done
say "$(du -sh "$target" | cut -f1) in"
echo "$target"
