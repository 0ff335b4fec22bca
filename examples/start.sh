#!/bin/sh
# The worker as a container starts it: migrate, then start. Any number may start at once; where migrating
# fails, nothing starts.
#   DATABASE_URL=… start.sh
#
# The worker has its migrations inside, too, and applies what is pending when it is started alone.
set -eu
cd "$(dirname "$0")/worker"
"${TENON:-tenon}" migrate apply
exec "${WORKER:-worker}" "$DATABASE_URL"
