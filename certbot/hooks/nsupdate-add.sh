#!/bin/sh
# Example of an auth hook: adds the TXT record with nsupdate (bind9-dnsutils), then waits until the server serves it.
# certbot hands over CERTBOT_DOMAIN and CERTBOT_VALIDATION. A name and its wildcard use the same record name, one after the
# other, so the record is added and nothing is replaced.
#   NSUPDATE_SERVER, NSUPDATE_PORT   the primary server
#   NSUPDATE_KEY                     file with a TSIG key, as tsig-keygen writes it
set -eu

server=${NSUPDATE_SERVER:?name the DNS server}
port=${NSUPDATE_PORT:-53}
record=_acme-challenge.$CERTBOT_DOMAIN.

nsupdate -k "${NSUPDATE_KEY:?name the file with the key}" <<UPDATE
server $server $port
update add $record 60 TXT "$CERTBOT_VALIDATION"
send
UPDATE

tries=0
until dig +short -p "$port" "@$server" "$record" TXT | grep -qF -e "$CERTBOT_VALIDATION"; do
  tries=$((tries + 1))
  if [ $tries -ge 30 ]; then
    echo "$record is not served by $server after 30 seconds." >&2
    exit 1
  fi
  sleep 1
done
