#!/bin/sh
# Example of a cleanup hook: removes the TXT record that nsupdate-add.sh added, and no other.
set -eu

nsupdate -k "${NSUPDATE_KEY:?name the file with the key}" <<UPDATE
server ${NSUPDATE_SERVER:?name the DNS server} ${NSUPDATE_PORT:-53}
update delete _acme-challenge.$CERTBOT_DOMAIN. TXT "$CERTBOT_VALIDATION"
send
UPDATE
