#!/usr/bin/env bash
# ReelRec as a host runs it, on this machine alone: nginx with TLS in front of two processes, all of them on loopback.
#
#     deploy/try.sh                until Ctrl-C; --port N chooses where, --no-limits is for load tests
#     deploy/try.sh --check        look whether all of it works, and end with 0 or 1
#
# It needs Debian's nginx and openssl (apt install nginx-light openssl), and no rights.
set -euo pipefail
cd "$(dirname "$0")/.."
python3 - <<'END'
import dev

try:
    dev.install("locks/app.txt")
except dev.Stop as reason:
    raise SystemExit(reason)
END
exec .venv/bin/python -m deploy.loopback "$@"
