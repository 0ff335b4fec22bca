# shellcheck shell=sh disable=SC2034
# Sourced by tests/run.sh, examples/demo.sh and .ci/run: installs what is missing.
#
#   need_packages PACKAGE...   Debian packages; apt-get, with sudo when not root. On a machine
#                              without apt-get it says what is needed and goes on.

build_packages="cmake ninja-build make gcc g++ libc6-dev pkg-config
    libpq-dev libpg-query-dev libprotobuf-c-dev libcyaml-dev libyaml-dev libjansson-dev postgresql"
test_packages="check git clang valgrind python3 python3-jsonschema zsh groff-base meson dpkg-dev"

is_installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

need_packages() {
    missing=
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "No apt-get here; what is needed, by its Debian names:" "$@" >&2
        return 0
    fi
    for package in "$@"; do
        is_installed "$package" || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        as_root=sudo
    fi
    echo "Installing:$missing" >&2
    # The lists of package names are split on purpose.
    # shellcheck disable=SC2086
    {
        $as_root apt-get update -q >&2
        DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -q --no-install-recommends \
            $missing >&2
    }
}
