#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031
# The Debian package: made, looked at, installed into a root of its own, used there, and removed.
bats_require_minimum_version 1.5.0

load servers

# dpkg believes that the packages of this machine are in the new root, too, so that what ajar depends on is really looked for.
in_root() {
    local as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(fakeroot)
    "${as_root[@]}" dpkg --root="$ROOT" --force-script-chrootless --force-not-root --log=/dev/null "$@" 2>&1 |
        grep -v 'files list file for package'
    return "${PIPESTATUS[0]}"
}

setup_file() {
    PATH=$PATH:/usr/sbin:/sbin
    BUILD=$(realpath "${BUILD:-build}")
    export PATH BUILD PACKAGES=$BATS_FILE_TMPDIR/packages ROOT=$BATS_FILE_TMPDIR/root
    mkdir -p "$PACKAGES" "$ROOT/etc" "$ROOT/var/lib/dpkg/info" "$ROOT/var/lib/dpkg/updates"
    cp /var/lib/dpkg/status "$ROOT/var/lib/dpkg/"
    tools/deb.sh "$BUILD" "$PACKAGES"
    DEB=$(echo "$PACKAGES"/*.deb)
    export DEB
    in_root --install "$DEB"
}

setup() {
    TREE=$PWD
    cd "$BATS_TEST_TMPDIR" || return 1
}

teardown() { stop_server; }

@test "its name says the version and the architecture" {
    [ "$(basename "$DEB")" = "ajar_$(cat "$TREE/VERSION")_$(dpkg --print-architecture).deb" ]
}

@test "what it depends on are the libraries that the program is linked with" {
    dpkg-deb -f "$DEB" Depends | tr , '\n' | sed 's/^ *//; s/ .*//' >depends
    objdump -p "$ROOT/usr/bin/ajar" | awk '$1 == "NEEDED" { print $2 }' >linked
    while read -r library; do
        package=$(dpkg -S "*/$library" | head -n 1 | cut -d : -f 1)
        grep -qx "$package" depends || { echo "$library of $package"; false; }
    done <linked
    dpkg-deb -f "$DEB" Recommends | grep -q 'libpq5.*libpsl5'
}

@test "it is made again the same, byte for byte" {
    mkdir again
    (cd "$TREE" && tools/deb.sh "$BUILD" "$BATS_TEST_TMPDIR/again")
    cmp "$DEB" again/*.deb
}

@test "lintian finds no error in it" {
    command -v lintian >/dev/null || skip "no lintian"
    run lintian --allow-root --fail-on error "$DEB"
    echo "$output"
    [ "$status" -eq 0 ]
}

@test "all in it is root's, and nothing may be written by others" {
    dpkg-deb -c "$DEB" | awk '$2 != "root/root" || substr($1, 6, 1) == "w" || substr($1, 9, 1) == "w"' >wrong
    cat wrong
    [ ! -s wrong ]
}

@test "dpkg knows it as installed, and every file is as it was" {
    [[ $(in_root --list ajar | tail -n 1) == "ii  ajar "* ]]
    run in_root --verify ajar
    echo "$output"
    [ -z "$output" ]
}

@test "the program there is of the tree's version" {
    [ "$("$ROOT/usr/bin/ajar" --version)" = "ajar $(cat "$TREE/VERSION")" ]
}

@test "man finds a manual for every command" {
    ajar=$ROOT/usr/bin/ajar
    { "$ajar" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'; "$ajar" help --parts | tr ' ' -; } >commands
    [ "$(wc -l <commands)" -gt 30 ]
    while read -r command; do
        man -M "$ROOT/usr/share/man" -w "ajar-$command" >/dev/null || { echo "$command"; false; }
    done <commands
    LC_ALL=C man -M "$ROOT/usr/share/man" -P cat ajar-campaign-new >said
    grep -q 'ajar campaign new' said
    man -M "$ROOT/usr/share/man" -w 3 ajar.smtp
}

@test "it finds what a simulated server is, writes the letter, and prints it" {
    AJAR=$ROOT/usr/bin/ajar
    sealed_run 164 >/dev/null
    [ -s open ]
    "$AJAR" verify a.tar --public-key k.pub
    "$AJAR" notify a.tar --profile "$ROOT/usr/share/ajar/profiles/secure-your-server.lua" --pdf letters >printed
    [ "$(head -c 5 "$(head -n 1 printed)")" = %PDF- ]
}

@test "bash, zsh and fish find its completion where Debian looks for it" {
    bash -n "$ROOT/usr/share/bash-completion/completions/ajar"
    zsh -n "$ROOT/usr/share/zsh/vendor-completions/_ajar"
    fish -n "$ROOT/usr/share/fish/vendor_completions.d/ajar.fish"
}

@test "the account and the folder of campaigns are there, for them alone" {
    command -v systemd-sysusers >/dev/null || skip "no systemd-sysusers"
    grep -q '^ajar:x:[0-9]*:[0-9]*:.*:/var/lib/ajar:/usr/sbin/nologin$' "$ROOT/etc/passwd"
    [ "$(stat -c %a "$ROOT/var/lib/ajar")" = 750 ]
}

@test "an upgrade keeps options that were changed, and what campaigns have left" {
    cp -a "$ROOT" here
    ROOT=$PWD/here
    echo 'AJAR_OPTIONS=--rate 50' >here/etc/ajar/campaign
    mkdir -p here/var/lib/ajar
    echo mine >here/var/lib/ajar/campaign.db
    dpkg-deb -R "$DEB" newer
    sed -i 's/^Version: .*/&+1/' newer/DEBIAN/control
    sed -i 's/^#AJAR_OPTIONS/# &/' newer/etc/ajar/campaign
    dpkg-deb --root-owner-group -b newer newer.deb >/dev/null
    in_root --force-confold --install newer.deb
    [[ $(in_root --list ajar | tail -n 1) == "ii  ajar "*"+1"* ]]
    [ "$(cat here/etc/ajar/campaign)" = 'AJAR_OPTIONS=--rate 50' ]
    [ "$(cat here/var/lib/ajar/campaign.db)" = mine ]
}

@test "removed, it leaves its conffile and what campaigns have left; purged, that alone" {
    cp -a "$ROOT" here
    ROOT=$PWD/here
    mkdir -p here/var/lib/ajar
    echo mine >here/var/lib/ajar/campaign.db
    in_root --remove ajar
    (cd here && find . -type f ! -path './var/lib/dpkg/*' ! -regex './etc/\(group\|gshadow\|passwd\|shadow\)-?' \
        ! -name .pwd.lock | sort) >left
    [ "$(cat left)" = $'./etc/ajar/campaign\n./var/lib/ajar/campaign.db' ]
    in_root --purge ajar
    [ ! -e here/etc/ajar ]
    [ "$(cat here/var/lib/ajar/campaign.db)" = mine ]
}
