#!/bin/sh
# Checks generator/LAYERS: a room includes only itself and the rooms listed for it.
set -eu
cd "$(dirname "$0")/../generator"

status=0
for file in */*.c */*.h; do
    room=${file%%/*}
    allowed=$(sed -n "s/^$room://p" LAYERS)
    if ! grep -q "^$room:" LAYERS; then
        echo "generator/$file: the room $room is not in LAYERS"
        status=1
        continue
    fi
    # shellcheck disable=SC2013 # one word a line
    for used in $(sed -n 's/^#include "\([a-z_]*\)\/.*/\1/p' "$file" | sort -u); do
        [ -d "$used" ] || continue
        case " $room $allowed " in
        *" $used "*) ;;
        *)
            echo "generator/$file: $room may not use $used"
            status=1
            ;;
        esac
    done
    case $file in
    sql/*) ;;
    *)
        if grep -Hn '#include [<"]\(pg_query\|google/\)' "$file"; then
            echo "generator/$file: only sql/ includes libpg_query"
            status=1
        fi
        ;;
    esac
    case $file in
    live/*) ;;
    *)
        if grep -Hn '#include [<"]libpq' "$file"; then
            echo "generator/$file: only live/ includes libpq"
            status=1
        fi
        ;;
    esac
done
exit $status
