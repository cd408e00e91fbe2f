#!/usr/bin/env bash
# The kit's commands for a machine without Node: runs them in the relay's image, which is built first if it is not there.
set -euo pipefail

usage() {
  cat <<'END'
Usage: compose/kit.sh <command> [flags]

  setup     write the files of a deployment into this checkout
  doctor    find what is wrong with the deployment
  warm      fetch and pre-bundle packages into the relay's store
  bundle    export, verify or import a store; files are named relative to this checkout
  prune     remove what was unused the longest from the store
  share     publish pages, manage them, and make tokens and domains for them; files are named relative to this checkout
  build     build the image from this checkout

Each has --help. NPMRC_FILE and CA_FILE name files to build with: npm's configuration, and the PEM file of a CA.
END
}

# shellcheck source=compose/deployment.sh
. "$(dirname "$0")/deployment.sh"

command=${1:-}
case $command in
  setup | doctor | warm | bundle | share | prune | build) shift ;;
  --help | help) usage; exit 0 ;;
  *) usage >&2; exit 2 ;;
esac

image() {
  local named=''
  if [ -f .env ]; then named=$(env_value RELAY_IMAGE); fi
  echo "${RELAY_IMAGE:-${named:-preview-kit/relay:local}}"
}

build() {
  local flags=()
  local npmrc=${NPMRC_FILE:-} ca=${CA_FILE:-}
  if [ -n "$npmrc" ]; then flags+=(--secret "id=npmrc,src=$npmrc"); fi
  if [ -n "$ca" ]; then flags+=(--secret "id=ca,src=$ca"); fi
  DOCKER_BUILDKIT=1 docker build "${flags[@]}" "$@" --file compose/Dockerfile --tag "$(image)" .
}

if [ "$command" = build ]; then build "$@"; exit; fi
if ! docker image inspect "$(image)" >/dev/null 2>&1; then
  say "the image $(image) is not here yet; building it, which takes a few minutes, once."
  build >&2
fi

# What the relay has, so that the doctor sees the same: store, npm's configuration, CA. Adds to flags.
deployment_flags() {
  local store file
  store=$(docker volume ls --quiet --filter "name=^$(env_value COMPOSE_PROJECT_NAME)_relay-data$")
  if [ -n "$store" ]; then flags+=(--volume "$store:/data"); fi
  file=$(env_value NPMRC_FILE)
  if [ -n "$file" ]; then flags+=(--volume "$(from_checkout "$file"):/run/secrets/npmrc:ro"); fi
  file=$(env_value CA_FILE)
  if [ -n "$file" ]; then flags+=(--volume "$(from_checkout "$file"):/run/secrets/ca:ro"); fi
  # The store is the relay's, not root's.
  if [ "$(id -u)" = 0 ]; then flags+=(--cap-add DAC_OVERRIDE); fi
}

from_checkout() {
  case $1 in /*) echo "$1" ;; *) echo "$PWD/$1" ;; esac
}

terminal=(--interactive)
if [ -t 0 ] && [ -t 1 ]; then terminal+=(--tty); fi
locked=(--rm --init --read-only --cap-drop ALL --security-opt no-new-privileges --tmpfs /tmp)
checkout=(--volume "$PWD:/checkout" --workdir /checkout --user "$(id -u):$(id -g)")
case $command in
  setup | doctor)
    # The machine's own network: setup looks at ports, doctor at what the machine resolves and reaches.
    flags=(--network host)
    for name in REGISTRY_TOKEN NPM_TOKEN; do if [ -n "${!name:-}" ]; then flags+=(--env "$name"); fi; done
    if [ "$command" = doctor ] && [ -f .env ]; then deployment_flags; fi
    exec docker run "${locked[@]}" "${terminal[@]}" "${checkout[@]}" "${flags[@]}" "$(image)" "$command" "$@"
    ;;
  *)
    need_deployment
    flags=()
    if [ ! -t 0 ] || [ ! -t 1 ]; then flags+=(--no-TTY); fi
    # The file is yours; the store can be read by everyone in the container.
    case "$command ${1:-} ${2:-}" in "bundle export "* | "share domain nginx") flags+=(--user "$(id -u):$(id -g)") ;; esac
    exec docker compose run --rm --no-deps "${flags[@]}" --volume "$PWD:/checkout" --workdir /checkout relay "$command" "$@"
    ;;
esac
