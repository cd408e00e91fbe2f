#!/bin/sh
# Asks for the certificates that certbot.env names, by DNS-01, or for those of domains of your own, and asks again for nothing that
# is valid already.
# Runs on the host and in certbot's container: POSIX sh, no other tool than certbot.
set -eu

usage() {
  cat <<'TEXT'
Usage: certbot/issue.sh [--settings FILE] [--force] [--dns] [domain …] [flags for certbot …]

Without a domain: the certificates of LibreChat and previews. With domains of your own that show published pages: one certificate
for each, by HTTP-01, which nginx answers at port 80; or with --dns by DNS-01, as for the others.

  --settings FILE  default: deploy/certbot/certbot.env of this kit, as npm run setup writes it
  --dns            prove domains of your own by DNS, not by HTTP
  --force          ask for new certificates although the old ones are valid
  --dry-run        certbot's own: try everything with the test server, and keep nothing

Certificates are renewed by certbot's timer (Debian's package brings one), or by certbot/renew.sh.
TEXT
}

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
settings=$here/../deploy/certbot/certbot.env
force=
by_dns=
domains=
while [ $# -gt 0 ]; do
  case $1 in
    --help) usage; exit 0 ;;
    --settings)
      if [ $# -lt 2 ]; then echo 'issue.sh: --settings needs a file.' >&2; exit 2; fi
      settings=$2; shift 2 ;;
    --force) force=--force-renewal; shift ;;
    --dns) by_dns=true; shift ;;
    -*) break ;;
    *) domains="$domains $1"; shift ;;
  esac
done
# shellcheck source=certbot/read-settings.sh
. "$here/read-settings.sh"

if [ -n "$domains" ]; then
  CERT_NAMES=$domains
  if [ "$by_dns" != true ]; then CERT_AUTHENTICATOR=webroot; fi
fi

if [ "$CERT_STAGING" = true ]; then set -- --staging "$@"; fi
if [ -n "$CERT_SERVER" ]; then set -- --server "$CERT_SERVER" "$@"; fi
if [ -n "$CERT_EMAIL" ]; then set -- --email "$CERT_EMAIL" "$@"; else set -- --register-unsafely-without-email "$@"; fi

case $CERT_AUTHENTICATOR in
  manual)
    for hook in "$CERT_AUTH_HOOK" "$CERT_CLEANUP_HOOK"; do
      if [ ! -x "$hook" ]; then
        echo "issue.sh: $hook is not a program that can be run. Write it (certbot/hooks/ has examples), then chmod 700 $hook." >&2
        exit 1
      fi
    done
    set -- --manual --preferred-challenges dns --manual-auth-hook "$CERT_AUTH_HOOK" --manual-cleanup-hook "$CERT_CLEANUP_HOOK" "$@"
    ;;
  webroot)
    mkdir -p "$CERT_WEBROOT"
    set -- --webroot --webroot-path "$CERT_WEBROOT" "$@"
    ;;
  dns-*)
    set -- --authenticator "$CERT_AUTHENTICATOR" "$@"
    # Route 53's plugin has neither flag; it reads Amazon's own configuration.
    if [ "$CERT_AUTHENTICATOR" != dns-route53 ]; then
      set -- "--$CERT_AUTHENTICATOR-credentials" "$CERT_CREDENTIALS" "$@"
      if [ -n "$CERT_PROPAGATION_SECONDS" ]; then
        set -- "--$CERT_AUTHENTICATOR-propagation-seconds" "$CERT_PROPAGATION_SECONDS" "$@"
      fi
    fi
    ;;
  *)
    echo "issue.sh: CERT_AUTHENTICATOR=$CERT_AUTHENTICATOR in $settings is neither manual nor dns-<provider>." >&2
    exit 1
    ;;
esac

if [ "$CERT_RELOAD_NGINX" = true ]; then set -- --deploy-hook "$here/reload-nginx.sh" "$@"; fi

# * stands in names, and must not become file names.
set -f
for names in $CERT_NAMES; do
  name=${names%%,*}
  renew=$force
  # certbot takes a certificate of the test server for a valid one, and would keep it.
  if [ "$CERT_STAGING" != true ] && grep -qs '^server = .*staging' "$CERT_CONFIG_DIR/renewal/$name.conf"; then
    renew=--force-renewal
  fi
  # shellcheck disable=SC2086 # $renew is one flag or nothing.
  certbot certonly --non-interactive --agree-tos --keep-until-expiring --expand \
    --config-dir "$CERT_CONFIG_DIR" --work-dir "$CERT_WORK_DIR" --logs-dir "$CERT_LOGS_DIR" \
    --cert-name "$name" --domains "$names" $renew "$@"
done
