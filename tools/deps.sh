#!/bin/sh
# Installs from Debian's packages what is missing for building, testing and measuring ajar.
#
# Does nothing, and needs no network, when all is there. Says what it is about to install; uses sudo
# only when not root. Packages that bring a service don't get it started, and those for the lab and
# the bench are left out rather than have another package removed for them.
set -eu

BUILD_NEEDS="build-essential pkg-config libluajit-5.1-dev libevent-dev libsodium-dev libssl-dev
    libseccomp-dev libarchive-dev libnghttp2-dev libjansson-dev libgmime-3.0-dev libglib2.0-dev libc-ares-dev
    libsqlite3-dev libpq-dev libcurl4-openssl-dev libedit-dev libpsl-dev zlib1g-dev libpango1.0-dev libunistring-dev lua5.1"
TEST_NEEDS="libcmocka-dev clang llvm libclang-rt-14-dev clang-format clang-tidy cppcheck lua-check
    shellcheck bats minisign jq openssl procps python3 mandoc man-db groff-base
    zsh fish lintian fakeroot systemd sqlite3 bubblewrap
    chromium tshark strace poppler-utils fonts-noto-core fonts-droid-fallback fonts-nanum
    python3-dkim python3-jsonschema libsasl2-modules libsasl2-modules-db"
LAB_NEEDS="postfix squid dante-server microsocks coturn tinyproxy-bin apache2-bin nginx haproxy privoxy
    python3-aiosmtpd postgresql libnss-wrapper libuid-wrapper m4 util-linux"
# Debian lets nobody have these beside Postfix: what the lab runs of them is unpacked here, each as PACKAGE=FILE to
# the name that it gets there, and what they need is installed.
UNPACKED=/usr/local/lib/ajar-lab
UNPACK="exim4-daemon-light=usr/sbin/exim4:exim4
    opensmtpd=usr/sbin/smtpd:opensmtpd
    sendmail-bin=usr/libexec/sendmail/sendmail:sendmail/sendmail
    sendmail-cf=usr/share/sendmail/cf:sendmail/cf"
UNPACKED_NEED="libdb5.3 libevent-2.1-7 libgnutls-dane0 libidn12 libldap-2.5-0 liblockfile1 libnsl2 libpam0g
    libpcre2-8-0 libsasl2-2 libwrap0"
BENCH_NEEDS="nmap"

say() { echo "deps: $*" >&2; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        say "not root, and no sudo here. As root, run: $(realpath "$0")"
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
    for service in postfix squid danted coturn nginx haproxy privoxy postgresql; do
        case " $* " in
        *" ${service%d}"*) as_root systemctl --quiet disable "$service" 2>/dev/null || true ;;
        esac
    done
}

# One that can't be had takes no other with it.
install_each() {
    for package in "$@"; do
        get "$package" || say "could not install $package: what needs it in the lab is skipped"
    done
}

# Those of UNPACK that are not there.
missing_unpacked() {
    for piece in $UNPACK; do
        [ -e "$UNPACKED/${piece##*:}" ] || printf '%s ' "$piece"
    done
}

packages_of() {
    for piece in "$@"; do
        printf '%s ' "${piece%%=*}"
    done
}

# Of one PACKAGE=FILE:NAME, without its scripts, and without what would start it.
unpack() {
    package=${1%%=*} file=${1#*=} folder=$(mktemp -d)
    file=${file%:*} name=${1##*:}
    if (cd "$folder" && as_root apt-get -q -o APT::Sandbox::User=root download "$package" &&
        dpkg -x "$package"_*.deb .); then
        as_root install -d "$(dirname "$UNPACKED/$name")"
        as_root cp -RL --no-preserve=ownership "$folder/$file" "$UNPACKED/$name"
        # shellcheck disable=SC2016 # dpkg's variables
        dpkg-deb -W --showformat='${Package} ${Version}\n' "$folder/$package"_*.deb |
            as_root tee "$UNPACKED/$package.version" >/dev/null
    else
        say "could not get $package: what needs it in the lab is skipped"
    fi
    as_root rm -rf "$folder"
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
    install_fresh "$@" || install_each "$@"
    disable_services "$@"
    allow_services
    trap - EXIT
}

if ! command -v dpkg-query >/dev/null; then
    say "this is no Debian. Needed, by the names they have there:"
    say "$BUILD_NEEDS $TEST_NEEDS; for the lab $LAB_NEEDS, and the files of $UNPACK; for the bench $BENCH_NEEDS"
    exit 0
fi

# shellcheck disable=SC2046,SC2086 # lists of words
needed=$(missing_of $BUILD_NEEDS $TEST_NEEDS)
# shellcheck disable=SC2086
servers=$(missing_of $LAB_NEEDS $UNPACKED_NEED $BENCH_NEEDS)
unpacked=$(missing_unpacked)
[ -n "$needed$servers$unpacked" ] || exit 0

[ -z "$needed$servers" ] || say "missing, to be installed with apt-get: $needed$servers"
# shellcheck disable=SC2086
[ -z "$unpacked" ] || say "missing, to be unpacked into $UNPACKED: $(packages_of $unpacked)"
# shellcheck disable=SC2086
[ -z "$needed" ] || install_fresh $needed
# shellcheck disable=SC2086
[ -z "$servers" ] || install_servers $servers
[ -z "$unpacked" ] || have_lists || apt update
for piece in $unpacked; do
    unpack "$piece"
done
