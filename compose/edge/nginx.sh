#!/bin/sh
# Runs nginx in the edge container: waits for the certificates that the configuration names, and takes renewed certificates and
# changed configuration up by itself.
set -eu

conf=/etc/nginx/conf.d
checked=${TMPDIR:-/tmp}/checked
every=${RELOAD_CHECK_SECONDS:-15}

say() {
  echo "edge: $*" >&2
}

missing_certificate() {
  sed -n 's/^ *ssl_certificate\(_key\)\{0,1\}  *\([^ ;]*\);.*/\2/p' "$conf"/*.conf | sort -u | while read -r file; do
    [ -s "$file" ] || { echo "$file" && break; }
  done
}

changed() {
  find -L "$conf" /etc/letsencrypt/live -type f -newer "$checked" 2>/dev/null | grep -q .
}

watch() {
  while sleep "$every"; do
    changed || continue
    touch "$checked"
    if nginx -t -q; then
      say "certificates or configuration changed; reloading."
      nginx -s reload
    else
      say "the changed configuration has the fault above; nginx goes on with the old one."
    fi
  done
}

ls "$conf"/*.conf >/dev/null 2>&1 || {
  say "deploy/nginx holds no configuration. Run npm run setup -- --edge containers."
  exit 1
}
told=""
while file=$(missing_certificate) && [ -n "$file" ]; do
  [ "$told" = "$file" ] || say "waiting for the certificate $file; deploy/next-steps.md has the command that gets it."
  told=$file
  sleep 2
done
touch "$checked"
watch &
exec nginx -g 'daemon off;'
