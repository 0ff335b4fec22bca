# shellcheck shell=sh
tenon explain FilledOrders LatestPrice --schema schema.sql --queries queries >explained
grep 'price  bigint not null' explained
[ "$(grep -c 'price  bigint not null' explained)" = 2 ]
