#!/bin/sh
# Makes a Debian package of what is built: tools/deb.sh BUILD [FOLDER], which leaves FOLDER/ajar_VERSION_ARCHITECTURE.deb; by
# default in BUILD.
#
# By Debian's own tools, without root and without a network. The same program gives the same package, byte for byte: all in
# it bears the date SOURCE_DATE_EPOCH, by default that of the last commit, else of the file VERSION. Who makes it is said by
# DEBFULLNAME and DEBEMAIL.
set -eu
cd "$(dirname "$0")/.."

build=$(realpath "$1")
version=$(cat VERSION)
folder=$(realpath "${2:-$build}")
work=$folder/deb
stage=$work/debian/ajar
MAINTAINER="${DEBFULLNAME:-the ajar authors} <${DEBEMAIL:-maintainers@ajar.invalid}>"
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date -r VERSION +%s)}
export SOURCE_DATE_EPOCH
umask 022

# The program, manuals, completion and documents, as `make install` knows them.
install_all() {
    make --no-print-directory -s install-files BUILD="$build" DESTDIR="$stage" PREFIX=/usr ZSH_FUNCTIONS=vendor-completions
    tools/manuals.sh "$build/ajar" "$work/man"
    tools/manuals.sh --api "$work/man"
    for section in 1 3; do
        cp "$work"/man/*.$section "$stage/usr/share/man/man$section/"
    done
    find "$stage/usr/share/man" -type f -exec gzip -9n {} +
    strip --strip-unneeded --remove-section=.comment "$stage/usr/bin/ajar" "$stage/usr/libexec/ajar/ajar-paper"
}

install_units() {
    install -d "$stage/usr/lib/systemd/system" "$stage/usr/lib/sysusers.d" "$stage/usr/lib/tmpfiles.d" "$stage/etc/ajar"
    install -m 644 packaging/systemd/*.service packaging/systemd/*.timer "$stage/usr/lib/systemd/system/"
    install -m 644 packaging/systemd/sysusers.conf "$stage/usr/lib/sysusers.d/ajar.conf"
    install -m 644 packaging/systemd/tmpfiles.conf "$stage/usr/lib/tmpfiles.d/ajar.conf"
    install -m 644 packaging/campaign.env "$stage/etc/ajar/campaign"
}

# Debian wants the licence and the history under names of its own. The licence's text is that of the file LICENSE.
write_documents() {
    doc=$stage/usr/share/doc/ajar
    rm "$doc/LICENSE"
    sed -n '5,$p' LICENSE | sed 's/^$/./; s/^/ /' >"$work/license"
    sed -e "/@LICENSE@/{r $work/license" -e 'd;}' packaging/debian/copyright >"$doc/copyright"
    date=$(date -u -R -d "@$SOURCE_DATE_EPOCH")
    printf 'ajar (%s) unstable; urgency=medium\n\n  * Version %s, as it is in its repository.\n\n -- %s  %s\n' \
        "$version" "$version" "$MAINTAINER" "$date" >"$work/debian/changelog"
    gzip -9nc "$work/debian/changelog" >"$doc/changelog.gz"
}

# Which packages the program is linked with says the linker; which it loads when it wants them (core/base/library.h), a
# library that is linked with them and holds nothing.
find_libraries() {
    echo | cc -shared -x c -o "$work/loaded.so" - -Wl,--no-as-needed -lcurl -ledit -lpsl -lpq
    (cd "$work" && dpkg-shlibdeps -Tdebian/substvars \
        -dDepends debian/ajar/usr/bin/ajar debian/ajar/usr/libexec/ajar/ajar-paper \
        -dRecommends loaded.so) 2>"$work/shlibdeps.log" || { cat "$work/shlibdeps.log" >&2; exit 1; }
}

write_control() {
    mkdir -p "$stage/DEBIAN"
    install -m 755 packaging/debian/postinst packaging/debian/prerm packaging/debian/postrm "$stage/DEBIAN/"
    install -m 644 packaging/debian/conffiles "$stage/DEBIAN/"
    (cd "$stage" && find etc usr -type f ! -path 'etc/*' -print0 | sort -z | xargs -0 md5sum) >"$stage/DEBIAN/md5sums"
    (cd "$work" && dpkg-gencontrol -pajar -Tdebian/substvars -Pdebian/ajar -fdebian/files)
}

rm -rf "$work"
mkdir -p "$stage"
sed "s/@MAINTAINER@/$MAINTAINER/" packaging/debian/control >"$work/debian/control"
install_all
install_units
write_documents
find_libraries
write_control
dpkg-deb --root-owner-group -Zxz --build "$stage" "$folder" >/dev/null
echo "$folder/ajar_${version}_$(dpkg --print-architecture).deb"
