#!/bin/sh
# Makes a certificate authority for this installation and one certificate for the search engine:
# certs.sh CERTS CA; CERTS is for the engine alone, CA holds what clients trust.
# Nothing is made while both are there and last another month. To renew by hand: stop everything, remove
# the two volumes, start again; a part that still runs would keep the old ones.
set -eu

certs=$1
ca=$2
month=2592000
if [ -f "$ca/ca.pem" ] && openssl x509 -in "$certs/node.pem" -noout -checkend $month 2>/dev/null; then
    exit 0
fi

# The authority's key is thrown away at the end: it signs this one certificate and nothing else, ever.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 077
new="openssl req -x509 -newkey rsa:3072 -nodes -sha256 -days 3650"
$new -subj "/CN=gbp search authority" -keyout "$work/ca-key.pem" -out "$work/ca.pem" \
    -addext "keyUsage=critical,keyCertSign"
$new -subj "/CN=opensearch" -keyout "$work/node-key.pem" -out "$work/node.pem" \
    -CA "$work/ca.pem" -CAkey "$work/ca-key.pem" \
    -addext "basicConstraints=critical,CA:FALSE" \
    -addext "keyUsage=critical,digitalSignature,keyEncipherment" \
    -addext "extendedKeyUsage=serverAuth,clientAuth" \
    -addext "subjectAltName=DNS:opensearch,DNS:localhost"

# 1000 is the user of OpenSearch's image.
install -m 400 -o 1000 -g 1000 "$work/node-key.pem" "$certs/node-key.pem"
install -m 444 "$work/ca.pem" "$certs/ca.pem"
install -m 444 "$work/node.pem" "$certs/node.pem"
install -m 444 "$work/ca.pem" "$ca/ca.pem"
