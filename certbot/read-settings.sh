# Reads certbot.env into CERT_ variables. Sourced by issue.sh and renew.sh, which set $settings.
# shellcheck shell=sh disable=SC2154

if [ ! -r "$settings" ]; then
  echo "$settings cannot be read: run npm run setup first, or name the file with --settings." >&2
  exit 1
fi
settings_dir=$(CDPATH='' cd -- "$(dirname -- "$settings")" && pwd)
# shellcheck source=/dev/null
. "$settings"
: "${CERT_NAMES:?is not set in $settings: npm run setup writes it}"
: "${CERT_AUTHENTICATOR:?is not set in $settings: npm run setup writes it}"
: "${CERT_EMAIL=}" "${CERT_SERVER=}" "${CERT_STAGING=false}" "${CERT_PROPAGATION_SECONDS=}" "${CERT_CREDENTIALS=}"
: "${CERT_RELOAD_NGINX=true}" "${CERT_WEBROOT=/var/lib/preview-kit/acme}"
: "${CERT_AUTH_HOOK=auth-hook.sh}" "${CERT_CLEANUP_HOOK=cleanup-hook.sh}"
: "${CERT_CONFIG_DIR=/etc/letsencrypt}" "${CERT_WORK_DIR=/var/lib/letsencrypt}" "${CERT_LOGS_DIR=/var/log/letsencrypt}"

# Files are beside the settings, unless they are named by a whole path.
beside_settings() {
  case $1 in
    '' | /*) echo "$1" ;;
    *) echo "$settings_dir/$1" ;;
  esac
}
CERT_CREDENTIALS=$(beside_settings "$CERT_CREDENTIALS")
CERT_AUTH_HOOK=$(beside_settings "$CERT_AUTH_HOOK")
CERT_CLEANUP_HOOK=$(beside_settings "$CERT_CLEANUP_HOOK")

# Whoever can read this file can change your DNS.
if [ -n "$CERT_CREDENTIALS" ]; then
  if [ ! -f "$CERT_CREDENTIALS" ]; then
    echo "$CERT_CREDENTIALS is not there: npm run setup writes its skeleton, and you fill it in." >&2
    exit 1
  fi
  # In a container the file is mounted read-only; on the host it was made with this mode.
  chmod 600 "$CERT_CREDENTIALS" 2>/dev/null || true
  if [ "$CERT_AUTHENTICATOR" = dns-route53 ]; then export AWS_SHARED_CREDENTIALS_FILE="$CERT_CREDENTIALS"; fi
fi
