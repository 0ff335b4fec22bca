# shellcheck shell=sh disable=SC2046,SC2086
cc $CFLAGS $(pkg-config --cflags libpq) -Wno-unused-function -Igen main.c gen/ledger/*.c $LIBS -lpthread -o app
./app "$CONNINFO"
