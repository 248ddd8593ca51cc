#!/bin/bash
# Puts the one user in place of the image's demo users, then starts OpenSearch as the image does.
# The file counts at the first start only: later the password is changed over the security API.
set -euo pipefail

password="${OPENSEARCH_INITIAL_ADMIN_PASSWORD:?set it to the password of the user admin}"
if [[ ! "$password" =~ ^[A-Za-z0-9._~-]{12,}$ ]]; then
    # It becomes part of GBP_OPENSEARCH_URL, where other characters would need escaping.
    echo "OPENSEARCH_INITIAL_ADMIN_PASSWORD: at least 12 letters, digits or . _ ~ -" >&2
    exit 1
fi

# The tool greets before it answers; the hash is its last line.
hash=$(plugins/opensearch-security/tools/hash.sh -env OPENSEARCH_INITIAL_ADMIN_PASSWORD | tail -n 1)
cat >config/opensearch-security/internal_users.yml <<USERS
_meta:
  type: internalusers
  config_version: 2
admin:
  hash: "$hash"
  reserved: false
  backend_roles: [admin]
  description: The portal
USERS

export DISABLE_INSTALL_DEMO_CONFIG=true
exec ./opensearch-docker-entrypoint.sh "$@"
