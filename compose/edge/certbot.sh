#!/bin/sh
# Entry of the certbot container: renews what is due twice a day, for ever; with arguments, runs certbot once with these.
# nginx sees new files by itself (nginx.sh).
set -eu

if [ $# -gt 0 ]; then exec certbot "$@"; fi
trap 'exit 0' TERM INT
while :; do
  if [ -d /etc/letsencrypt/renewal ] && [ -n "$(ls -A /etc/letsencrypt/renewal)" ]; then
    /certbot/renew.sh --quiet ||
      echo "certbot: renewing failed; the next try is in 12 hours. Try by hand: docker compose run --rm certbot renew --dry-run" >&2
  else
    echo "certbot: there is no certificate yet; deploy/next-steps.md has the command that gets it." >&2
  fi
  sleep 43200 &
  wait $!
done
