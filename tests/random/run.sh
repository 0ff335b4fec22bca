#!/bin/sh
# Random queries for MINUTES, on the server that libpq's environment names:
#
#     tests/random/run.sh MINUTES [random_agree]
#
# Seeds are drawn from the clock and printed with every finding. Exit status 1 when anything is found.
set -eu
minutes=${1:?usage: run.sh MINUTES [random_agree]}
program=${2:-build/tests/random/random_agree}
end=$(($(date +%s) + minutes * 60))
seed=$(date +%s)
status=0
while [ "$(date +%s)" -lt "$end" ]; do
    "$program" --seed "$seed" --queries 20000 --schemas 80 || status=1
    seed=$((seed + 1))
done
exit $status
