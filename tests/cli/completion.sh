#!/bin/sh
# What the program prints for shells and for man, as bash, zsh and groff take it.
#   completion.sh TENON
set -eu
# shellcheck source=tests/support/program.sh
. "$(dirname "$0")/../support/program.sh"

# --- bash ---
run 0 completion bash
cp out bash.completion
cat >try.bash <<'END'
. ./bash.completion
complete -p tenon
COMP_WORDS=(tenon "$@")
COMP_CWORD=$#
_tenon
echo "${COMPREPLY[*]}"
END
completes() {
    wanted=$1
    shift
    bash try.bash "$@" >out
    last="completion of tenon $*"
    [ "$(sed -n 2p out)" = "$wanted" ] || fail "$last: not '$wanted'"
}
completes 'generate' gen
completes 'migrate manual' m
completes 'apply adopt' migrate a
completes '--stamp' generate --st
completes '--wait-timeout' migrate apply --w
completes '' generate --schema '' # the names of files, by -o default
says '-o default'

# --- zsh: its completion system is stood for by functions that show what they are given ---
run 0 completion zsh
cp out _tenon
zsh -n _tenon || fail 'zsh reads it'
cat >try.zsh <<'END'
_describe() { print -l -- ${(P)2} }
_arguments() { print -l -- "$@" }
complete_it() { local words=(tenon "$@") CURRENT=$(( $# + 1 )); . ./_tenon }
complete_it "$@"
END
shows() {
    zsh -f try.zsh "$@" >out 2>err
    last="zsh completion of tenon $*"
    [ ! -s err ] || fail "$last: $(cat err)"
}
shows ''
says 'generate:compile schema and queries to C'
says 'migrate:see tenon help migrate'
says_not 'apply:'
shows migrate ''
says 'apply:apply the migrations that a database does not have yet'
says_not 'generate:'
shows migrate apply --
says '--wait-timeout['
shows generate --
says '*--schema['
says ':FILE...:_files'
says_not '--wait-timeout'

# --- man ---
run 0 manual
cp out tenon.1
groff -man -Tutf8 -ww -z tenon.1 2>err || fail 'groff reads the manual page'
[ ! -s err ] || fail 'groff complains of the manual page'
groff -man -Tascii -P-cbou tenon.1 >out
says 'tenon migrate apply'
says '--wait-timeout TIME'
says 'tenon.yaml'

run 2 completion
complains 'bash or zsh'
run 2 completion fish
exit $failed
