#!/bin/sh
# certbot's deploy hook: makes nginx take a new certificate. Does nothing where nginx does not run yet.
# NGINX_RELOAD replaces the command, for example for another proxy.
set -eu

if [ -n "${NGINX_RELOAD:-}" ]; then
  sh -c "$NGINX_RELOAD"
elif [ -d /run/systemd/system ] && systemctl is-active --quiet nginx; then
  # nginx refuses a broken configuration and goes on with the old one; say so instead of passing over it.
  nginx -t -q
  systemctl reload nginx
elif command -v nginx >/dev/null && [ -s /run/nginx.pid ] && kill -0 "$(cat /run/nginx.pid)" 2>/dev/null; then
  nginx -t -q
  nginx -s reload
fi
