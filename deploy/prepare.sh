#!/bin/sh
# Make what each host has of its own, where it is not there yet: a self-signed certificate and the settings of the app.
#
#     deploy/prepare.sh films.example.org       into deploy/site/, which git ignores; compose.yaml reads it there
#
# A certificate that browsers trust goes to the same places: cert.pem (the whole chain) and key.pem.
set -eu
name=${1:-localhost}
folder=${2:-$(dirname "$0")/site}
case $name in
  -*) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 2 ;;
  *[!A-Za-z0-9.-]*) echo "$name is no host name. Give it without https:// and port: films.example.org" >&2; exit 2 ;;
esac
command -v openssl >/dev/null || { echo "openssl is missing. On Debian and Ubuntu run: apt install openssl" >&2; exit 1; }
mkdir -p "$folder"
chmod 700 "$folder" # nobody else gets as far as the files, which the proxy's own user in its container must read
if [ -e "$folder/cert.pem" ]; then
  echo "$folder/cert.pem is there already, and stays. Remove it for a new one."
else
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 -subj "/CN=ReelRec" \
    -addext "subjectAltName=DNS:$name,DNS:localhost,IP:127.0.0.1" \
    -keyout "$folder/key.pem" -out "$folder/new.pem" 2>"$folder/openssl.log" || { cat "$folder/openssl.log" >&2; exit 1; }
  chmod 644 "$folder/key.pem"
  rm "$folder/openssl.log"
  mv "$folder/new.pem" "$folder/cert.pem" # last, so that where it is there, all is
  echo "Made a certificate for $name in $folder. Browsers will warn of it until you put one there that they trust."
fi
if [ ! -e "$folder/app.env" ]; then
  cat >"$folder/app.env" <<END
# Settings of the app: see docs/hosting.md. Both replicas must have the same secret; it signs cookies.
STREAMLIT_SERVER_COOKIE_SECRET=$(openssl rand -hex 32)
STREAMLIT_SERVER_ALLOWED_HOSTS=$name 127.0.0.1
END
  chmod 600 "$folder/app.env"
fi
