#!/usr/bin/env bash
# Brings a deployment to the version of this checkout (git pull comes before), and back by itself when that does not become healthy.
set -euo pipefail

usage() {
  cat <<'END'
Usage: compose/upgrade.sh [--no-backup] [--no-pull] [--timeout <seconds>]

  1. backs up (compose/backup.sh; the relay's store is left out)
  2. keeps the images that run
  3. builds the relay's image from this checkout, or pulls it, and pulls the others
  4. starts what changed, and waits until everything is healthy
  5. if it does not become healthy: starts the kept images again, shows the logs, and ends with exit code 1

Open previews stay; what they load next comes from the new relay.

  --no-backup           skip step 1
  --no-pull             use the images of others, and the base image, that are on this machine
  --timeout <seconds>   how long to wait for health; default 300
  --help                show this help
END
}

# shellcheck source=compose/deployment.sh
. "$(dirname "$0")/deployment.sh"

backup=true pull=true timeout=300
while [ $# -gt 0 ]; do
  case $1 in
    --no-backup) backup=false ;;
    --no-pull) pull=false ;;
    --timeout)
      [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || usage_error "--timeout needs a number of seconds."
      timeout=$2
      shift
      ;;
    --help) usage; exit 0 ;;
    *) usage_error "\"$1\" is not known." ;;
  esac
  shift
done

# What a rollback has pinned is let go.
files=$(env_value COMPOSE_FILE)
if [ "$files" != "${files/:deploy\/rollback.yml/}" ]; then set_env_value COMPOSE_FILE "${files/:deploy\/rollback.yml/}"; fi
need_deployment
mkdir -p deploy

# Each image gets a name of the kit's, because a name of its own may move to the new one. What is unhealthy now is not worth
# going back to.
keep_images() {
  local service container kept
  : > deploy/.previous-images
  for service in $(docker compose ps --services --status running); do
    container=$(docker compose ps --quiet "$service" | sed -n 1p)
    kept="preview-kit/previous:$project-$service"
    if [ "$(docker inspect --format '{{with .State.Health}}{{.Status}}{{end}}' "$container")" != unhealthy ]; then
      docker tag "$(docker inspect --format '{{.Image}}' "$container")" "$kept"
    elif ! docker image inspect "$kept" >/dev/null 2>&1; then
      continue
    fi
    echo "$service $kept" >> deploy/.previous-images
  done
  mv deploy/.previous-images deploy/previous-images
}

if $backup; then
  if is_running mongodb; then compose/backup.sh --no-store; else say "mongodb is not running, so there is no backup."; fi
fi
keep_images

if $pull; then
  docker compose pull --ignore-buildable || die "images cannot be pulled; nothing was changed. --no-pull uses those on this machine."
  docker compose build --pull || die "the relay's image cannot be built; nothing was changed."
else
  docker compose build || die "the relay's image cannot be built; nothing was changed."
fi

if docker compose up --detach --remove-orphans --wait --wait-timeout "$timeout"; then
  say "everything is healthy. compose/rollback.sh goes back if you have to."
  exit 0
fi
say "not everything became healthy. This is what it said:"
docker compose ps --all >&2 || true
docker compose logs --no-log-prefix --tail 20 relay librechat >&2 || true
if [ ! -s deploy/previous-images ]; then die "nothing ran before, so there is nothing to go back to."; fi
say "going back to the images that ran before …"
compose/rollback.sh --yes
die "the upgrade failed; the earlier images are running again."
