# shellcheck shell=bash
# What the scripts in this folder share; sourced, not run. Leaves the working folder at the top of the checkout.

called_from=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
script=$(basename "$0")

say() {
  echo "$script: $*" >&2
}

die() {
  say "$*"
  exit 1
}

# A mistake in the call.
usage_error() {
  say "$* See compose/$script --help."
  exit 2
}

# Asks, unless --yes was given; without a terminal nobody can answer.
confirm() {
  if [ "${yes:-}" = true ]; then return; fi
  [ -t 0 ] || die "this needs an answer; add --yes."
  read -r -p "$1 [y/N] " answer
  case $answer in
    y | Y | yes) ;;
    *) die "nothing was done." ;;
  esac
}

need_deployment() {
  docker compose version >/dev/null 2>&1 || die "docker compose (version 2.24 or newer) is not here."
  docker info >/dev/null 2>&1 || die "the Docker engine cannot be reached. Is it running, and may you use it (group docker)?"
  [ -f .env ] || die "there is no .env in $PWD: run npm run setup (or compose/kit.sh setup) first."
  docker compose config --quiet || die "the Compose files or their variables have the fault above."
  project=$(docker compose config --format json | sed -n 's/^ *"name": "\([a-z0-9_-]*\)",*$/\1/p' | sed -n 1p)
  [ -n "$project" ] || die "Compose does not say the project's name."
}

# Value of a variable in .env; empty when it is not there.
env_value() {
  sed -n "s/^$1=//p" .env | tail -n 1
}

# Sets a variable in .env, in place or at the end; owner, mode and everything else stay.
set_env_value() {
  local text
  text=$(awk -v name="$1" -v value="$2" '
    index($0, name "=") == 1 { print name "=" value; found = 1; next }
    { print }
    END { if (!found) print name "=" value }' .env)
  printf '%s\n' "$text" > .env
}

# A path as the caller meant it, who may be in another folder.
path_of() {
  case $1 in /*) echo "$1" ;; *) echo "$called_from/$1" ;; esac
}

# Names of this deployment's volumes, one a line: the part after the project's name.
volumes() {
  docker volume ls --quiet --filter "label=com.docker.compose.project=$project" \
    | sed -n "s/^${project}_//p" | sort
}

# Whether the Compose files and profiles of this deployment have a service.
has_service() {
  local services
  services=$(docker compose config --services)
  grep -qx "$1" <<< "$services"
}

is_running() {
  [ -n "$(docker compose ps --quiet --status running "$1" 2>/dev/null)" ]
}

# Runs a shell command as root in a container without a network, of the relay's image, which has tar. Arguments: command, then flags of docker run.
in_helper() {
  local command=$1
  shift
  docker run --rm --interactive --network none --user 0 --entrypoint sh "$@" "$(helper_image)" -euc "$command"
}

helper_image() {
  docker compose config --images relay | sed -n 1p
}
