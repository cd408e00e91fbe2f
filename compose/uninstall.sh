#!/usr/bin/env bash
# Removes what the kit made: containers, networks and images; data and configuration only when asked.
set -euo pipefail

usage() {
  cat <<'END'
Usage: compose/uninstall.sh [--data] [--images] [--yes]

Removes the deployment's containers and networks, and the images that were built or kept here (preview-kit/…).

  --data     also the volumes (database, uploads, certificates, store, models) and the files that setup wrote (.env, relay.env,
             librechat.env, deploy/ …). compose/backup.sh saves them first; backups/ is never removed
  --images   also the images of others that only this deployment used
  --yes      do not ask
  --help     show this help

What you installed on the machine by hand stays, such as nginx's configuration or a host's certificates: deploy/next-steps.md
names it.
END
}

# shellcheck source=compose/deployment.sh
. "$(dirname "$0")/deployment.sh"

yes=false data=false images=false
while [ $# -gt 0 ]; do
  case $1 in
    --data) data=true ;;
    --images) images=true ;;
    --yes) yes=true ;;
    --help) usage; exit 0 ;;
    *) usage_error "\"$1\" is not known." ;;
  esac
  shift
done

need_deployment
if $data; then
  volumes | sed "s/^/  volume ${project}_/" >&2
  confirm "Remove the deployment $project with all its data? This cannot be undone."
else
  confirm "Remove the containers, networks and built images of $project? Data and configuration stay."
fi

others=$(docker compose --profile '*' config --images | sort -u)
flags=(--remove-orphans --timeout 30)
if $data; then flags+=(--volumes); fi
docker compose --profile '*' down "${flags[@]}"
if $data; then
  # Of services that the Compose files do not name any more.
  volumes | sed "s/^/${project}_/" | xargs -r docker volume rm >/dev/null
fi
for image in preview-kit/relay $(docker image ls --format '{{.Repository}}:{{.Tag}}' "preview-kit/previous:$project-*"); do
  docker image ls --format '{{.Repository}}:{{.Tag}}' "$image"
done | sort -u | xargs -r docker image rm >/dev/null 2>&1 || say "some images are used by other containers; they stay."
if $images; then
  for image in $others; do docker image rm "$image" >/dev/null 2>&1 || true; done
fi
if $data; then
  rm -rf .env relay.env librechat.env npmrc compose.override.yml deploy
  say "removed, with its data. backups/ stays."
else
  say "removed. Volumes and configuration stay: docker compose up -d --wait brings everything back."
fi
