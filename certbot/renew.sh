#!/bin/sh
# Renews what is due and reloads nginx if anything was. Debian's timer of certbot does the same; this is for machines without
# it, by cron, and for trying. Run it once or twice a day.
set -eu

usage() {
  cat <<'TEXT'
Usage: certbot/renew.sh [--settings FILE] [flags for certbot …]

  --settings FILE  default: deploy/certbot/certbot.env of this kit
  --force-renewal  certbot's own: renew although nothing is due
TEXT
}

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
settings=$here/../deploy/certbot/certbot.env
while [ $# -gt 0 ]; do
  case $1 in
    --help) usage; exit 0 ;;
    --settings)
      if [ $# -lt 2 ]; then echo 'renew.sh: --settings needs a file.' >&2; exit 2; fi
      settings=$2; shift 2 ;;
    *) break ;;
  esac
done
# shellcheck source=certbot/read-settings.sh
. "$here/read-settings.sh"

# Without the flag, certbot waits for up to eight minutes when nobody watches.
exec certbot renew --non-interactive --no-random-sleep-on-renew \
  --config-dir "$CERT_CONFIG_DIR" --work-dir "$CERT_WORK_DIR" --logs-dir "$CERT_LOGS_DIR" "$@"
