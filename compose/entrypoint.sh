#!/bin/sh
# Entry of the relay's container: `relay` (the default) with its flags, or one of the kit's commands.
# Before the relay starts, the store that came with the image is brought into /data; whatever goes wrong there is said, and
# the relay starts all the same.
set -eu

app=$(dirname "$(dirname "$(readlink -f "$0")")")
seed=$app/seed/store.tar.gz
stamp=${DATA_DIR:-/data}/.seed

say() {
  echo "preview-kit: $*" >&2
}

usage() {
  cat <<'END'
Usage: docker run … <image> [command] [flags]

  relay     serve previews (the default); --help lists the settings
  warm      fetch and pre-bundle packages into the store
  bundle    export, verify or import a store
  prune     remove what was unused the longest
  share     publish pages, manage them, and make tokens and domains for them
  doctor    find what is wrong with a deployment
  setup     write the files of a deployment

Each has --help. State lives in /data.
END
}

# Imports the seed unless this very seed was imported before. Safe to be killed and to run twice at once: each entry is
# moved into its place whole, and the stamp comes last.
import_seed() {
  if output=$(node "$app/dist/relay/cli/bundle.js" import "$seed" 2>&1); then
    cp "$app/seed/store.sha256" "$stamp" 2>/dev/null || true
    say "the image's packages are in the store."
  else
    say "the image's packages could not be brought into the store: $output"
    say "the relay goes on with what the store has. Fix that, or make room in ${DATA_DIR:-/data}; the next start tries again."
  fi
}

bring_seed() {
  [ -s "$seed" ] || return 0
  cmp -s "$app/seed/store.sha256" "$stamp" && return 0
  if [ -s "$stamp" ]; then
    # There is a store of an earlier image: previews need not wait for the newer one.
    import_seed &
  else
    say "bringing the image's packages into the store; this takes a few seconds, once."
    import_seed
  fi
}

# Secrets are optional; an empty file (/dev/null) stands for none. They are mounted with the host's owner and mode.
check_secrets() {
  for secret in npmrc ca; do
    file=/run/secrets/$secret
    if [ -e "$file" ] && [ ! -r "$file" ]; then
      say "$secret cannot be read by user $(id -u), as whom this container runs. On the host, let it read the file:"
      say "  sudo chown $(id -u):\$(id -g) $secret && sudo chmod 640 $secret"
      exit 1
    fi
  done
  if [ -s /run/secrets/ca ]; then export NODE_EXTRA_CA_CERTS=/run/secrets/ca; fi
}

command=${1:-relay}
case $command in
  -*) set -- relay "$@" && command=relay ;;
esac
case $command in
  help) usage ;;
  relay)
    shift || true
    check_secrets
    case " $* " in
      *' --help '* | *' -h '*) ;;
      *) bring_seed ;;
    esac
    exec node "$app/dist/relay/main.js" "$@"
    ;;
  warm | bundle | share | prune | doctor | setup)
    shift
    check_secrets
    exec node "$app/dist/relay/cli/$command.js" "$@"
    ;;
  node | sh | bash) exec "$@" ;;
  *)
    say "there is no command \"$command\"."
    usage >&2
    exit 64
    ;;
esac
