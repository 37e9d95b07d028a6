#!/bin/sh
# Installs from Debian's packages what is missing for building, testing and measuring ajar.
#
# Does nothing, and needs no network, when all is there. Says what it is about to install; uses sudo
# only when not root. Packages that bring a service don't get it started, and those for the lab and
# the bench are left out rather than have another package removed for them.
set -eu

BUILD_NEEDS="build-essential pkg-config libluajit-5.1-dev libevent-dev libsodium-dev libssl-dev
    libseccomp-dev libarchive-dev libnghttp2-dev libjansson-dev libgmime-3.0-dev libc-ares-dev"
TEST_NEEDS="libcmocka-dev clang llvm libclang-rt-14-dev clang-format clang-tidy cppcheck lua-check
    shellcheck bats minisign jq openssl python3"
LAB_NEEDS="postfix squid dante-server microsocks"
BENCH_NEEDS="nmap"

say() { echo "deps: $*" >&2; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        say "not root, and no sudo here. As root, run: $*"
        exit 1
    fi
}

# Those of the packages named that are not installed.
missing_of() {
    installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
        sed -n 's/^installed //p' | tr '\n' ' ') || true
    for package in "$@"; do
        case " $installed" in
        *" $package "*) ;;
        *) printf '%s ' "$package" ;;
        esac
    done
}

apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@"
}

get() {
    apt install --no-install-recommends --no-remove "$@"
}

have_lists() {
    for list in /var/lib/apt/lists/*_Packages*; do
        [ -e "$list" ] && return 0
    done
    return 1
}

# The lists may name versions that the mirror has since replaced: then they are fetched anew, once.
install_fresh() {
    have_lists || apt update
    get "$@" || { apt update && get "$@"; }
}

# Debian starts a service as soon as its package is installed, unless this file says no.
POLICY=/usr/sbin/policy-rc.d
OUR_POLICY=no
forbid_services() {
    [ -e "$POLICY" ] && return 0
    OUR_POLICY=yes
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$POLICY" >/dev/null
    as_root chmod 755 "$POLICY"
}
allow_services() {
    [ "$OUR_POLICY" = no ] || as_root rm -f "$POLICY"
    OUR_POLICY=no
}

# Nor shall they start with the machine from now on: the lab runs its own, with its own settings.
disable_services() {
    command -v systemctl >/dev/null || return 0
    for service in postfix squid danted; do
        case " $* " in
        *" ${service%d}"*) as_root systemctl --quiet disable "$service" 2>/dev/null || true ;;
        esac
    done
}

install_servers() {
    case " $* " in
    *" postfix "*)
        echo "postfix postfix/main_mailer_type select No configuration" |
            as_root debconf-set-selections
        ;;
    esac
    trap allow_services EXIT
    forbid_services
    if install_fresh "$@"; then
        disable_services "$@"
    else
        say "could not install $*: what needs them in the lab is skipped"
    fi
    allow_services
    trap - EXIT
}

if ! command -v dpkg-query >/dev/null; then
    say "this is no Debian. Needed, by the names they have there:"
    say "$BUILD_NEEDS $TEST_NEEDS; for the lab $LAB_NEEDS; for the bench $BENCH_NEEDS"
    exit 0
fi

# shellcheck disable=SC2046,SC2086 # lists of words
needed=$(missing_of $BUILD_NEEDS $TEST_NEEDS)
# shellcheck disable=SC2086
servers=$(missing_of $LAB_NEEDS $BENCH_NEEDS)
[ -n "$needed$servers" ] || exit 0

say "missing, to be installed with apt-get: $needed$servers"
# shellcheck disable=SC2086
[ -z "$needed" ] || install_fresh $needed
# shellcheck disable=SC2086
[ -z "$servers" ] || install_servers $servers
