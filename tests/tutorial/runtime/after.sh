# shellcheck shell=sh disable=SC2086
cc $CFLAGS -Wno-unused-function -Igen main.c gen/ledger/*.c $LIBS -lpthread -o app
./app "$CONNINFO"
