#!/bin/sh
# Puts the bundler's files where nginx serves them from, in a folder named after their version. Older versions stay, for previews
# that are open.
set -eu

usage() {
  cat <<'TEXT'
Usage: nginx/copy-files.sh <www> <folder>

  <www>     the kit's folder www/, with manifest.json and files/
            (from the container: docker compose cp relay:/app/www ./www)
  <folder>  the folder that the nginx configuration names, e.g. /srv/preview-kit
TEXT
}

if [ "${1:-}" = --help ]; then usage; exit 0; fi
if [ $# -ne 2 ]; then usage >&2; exit 2; fi
www=$1
folder=$2
if [ ! -f "$www/manifest.json" ]; then
  echo "copy-files.sh: $www has no manifest.json: name the folder www/ of the kit; npm run build makes it." >&2
  exit 1
fi
version=$(sed -n 's/.*"fingerprint": *"\([0-9a-f]\{16\}\)".*/\1/p' "$www/manifest.json" | head -n 1)
if [ -z "$version" ]; then
  echo "copy-files.sh: $www/manifest.json names no fingerprint: build it again with npm run build." >&2
  exit 1
fi
if [ -d "$folder/$version" ]; then
  echo "$folder/$version is there already."
  exit 0
fi
mkdir -p "$folder"
rm -rf "$folder/.$version.tmp"
cp -R "$www/files" "$folder/.$version.tmp"
chmod -R a+rX "$folder/.$version.tmp"
mv "$folder/.$version.tmp" "$folder/$version"
echo "$folder/$version"
