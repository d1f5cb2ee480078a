# Shared by the scripts beside it; sourced, never run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# useradd and runuser live where a root shell without a login may not look.
export PATH=$PATH:/usr/sbin:/sbin
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 DEBIAN_FRONTEND=noninteractive

say() { printf '%s\n' "$*"; }
bold() { printf '\033[1m%s\033[0m\n' "$*"; }
fail() { bold "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }
in_ci() { [ "${CI:-}" = true ]; }
root_on_debian() { [ "$(id -u)" = 0 ] && has apt-get; }

# apt_install PACKAGE...: quiet unless it fails; an old package list is renewed only when it has to be.
apt_install() {
    local log
    log=$(mktemp)
    if apt-get install -y -q --no-install-recommends "$@" >"$log" 2>&1 ||
        { apt-get update -q && apt-get install -y -q --no-install-recommends "$@"; } >"$log" 2>&1; then
        rm -f "$log"
    else
        tail -n 15 "$log" >&2
        rm -f "$log"
        return 1
    fi
}
