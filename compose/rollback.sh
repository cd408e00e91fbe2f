#!/usr/bin/env bash
# Goes back to the images that ran before the last compose/upgrade.sh.
set -euo pipefail

usage() {
  cat <<'END'
Usage: compose/rollback.sh [--yes] [--forget]

Starts the images that ran before the last upgrade, which upgrade.sh kept. .env then names deploy/rollback.yml in COMPOSE_FILE, so
that docker compose goes on using them, until the next upgrade or:

  --forget   use the images of the Compose files again
  --yes      do not ask
  --help     show this help

Data is left as it is. If a newer LibreChat or MongoDB has changed it in a way that the older one cannot read, restore the backup
that upgrade.sh has made: compose/restore.sh backups/<date and time>.
END
}

# shellcheck source=compose/deployment.sh
. "$(dirname "$0")/deployment.sh"

yes=false forget=false
while [ $# -gt 0 ]; do
  case $1 in
    --yes) yes=true ;;
    --forget) forget=true ;;
    --help) usage; exit 0 ;;
    *) usage_error "\"$1\" is not known." ;;
  esac
  shift
done

overlay=deploy/rollback.yml

files=$(env_value COMPOSE_FILE)
files=${files:-docker-compose.sandpack.yml}
own_files=${files/:$overlay/}

# The image that the Compose files name for a service, by content; empty when it is not on this machine.
named_image() {
  COMPOSE_FILE=$own_files docker compose config --images "$1" | sed -n 1p \
    | xargs -r docker image inspect --format '{{.Id}}' 2>/dev/null || true
}

if $forget; then
  set_env_value COMPOSE_FILE "$own_files"
  need_deployment
  docker compose up --detach --wait --wait-timeout 300 || die "not everything became healthy: docker compose ps, docker compose logs"
  exit 0
fi
[ -s deploy/previous-images ] || die "there is nothing to go back to: upgrade.sh has not run yet."
need_deployment
confirm "Go back to the images of $(date -u -r deploy/previous-images '+%Y-%m-%d %H:%M') UTC?"
changed=''
while read -r service image; do
  kept=$(docker image inspect --format '{{.Id}}' "$image" 2>/dev/null) || { say "$service: its image $image is gone; the current one stays."; continue; }
  if [ "$(named_image "$service")" = "$kept" ]; then continue; fi
  changed+=$(printf '\n  %s:\n    image: %s\n    pull_policy: never' "$service" "$image")
  if [ "$service" = relay ]; then changed+=$(printf '\n    build: !reset null'); fi
done < deploy/previous-images
if [ -n "$changed" ]; then
  {
    echo "# Made by compose/rollback.sh: the images that ran before the last upgrade. compose/rollback.sh --forget undoes it."
    echo "services:$changed"
  } > "$overlay"
  set_env_value COMPOSE_FILE "$own_files:$overlay"
else
  say "the Compose files name the images that ran before."
fi
docker compose up --detach --wait --wait-timeout 300 || die "the earlier images do not become healthy either: docker compose ps, docker compose logs"
say "the images from before the upgrade are running."
if [ -n "$changed" ]; then say "docker compose reads $overlay until the next upgrade."; fi
