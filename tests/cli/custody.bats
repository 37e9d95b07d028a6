#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
# What became of a bundle after it was sealed: ajar custody add and show, and what ajar verify says of it.

setup_file() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    READER=$(realpath "$BATS_TEST_DIRNAME/../evidence/custody.py")
    export AJAR READER HOME=$BATS_FILE_TMPDIR
    cd "$BATS_FILE_TMPDIR" || exit
    "$AJAR" key new --no-password -o kari.key
    "$AJAR" key new --no-password -o ola.key
    "$AJAR" probe -k kari.key -e made.tar -p relay/third-party 127.0.0.1:1
}

setup() {
    cd "$BATS_TEST_TMPDIR" || exit
    export HOME=$BATS_TEST_TMPDIR
    stderr=
    cp "$BATS_FILE_TMPDIR"/{made.tar,*.key,*.pub,*.chain} .
}

# Two officers: one hands over, the other has got it.
hand_over() {
    "$AJAR" custody add --event handed-over --by "Kari Nordmann" --to "Ola Hansen" --note "case 17" -k kari.key made.tar
    "$AJAR" custody add --event received --by "Ola Hansen" -k ola.key made.tar
}

@test "what is recorded lies beside the bundle, which stays as it is, and is shown" {
    sum=$(sha256sum made.tar)
    hand_over
    [ "$sum" = "$(sha256sum made.tar)" ]
    run --separate-stderr "$AJAR" custody show made.tar
    echo "$output"
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = "made.tar.custody: 2 records of the bundle made hold: none changed, none missing between two others" ]
    [[ ${lines[1]} == "   1  20"*" UTC  handed-over, by Kari Nordmann, to Ola Hansen" ]]
    [ "${lines[2]}" = "      note    case 17" ]
    [[ $output == *"   2  20"*" UTC  received, by Ola Hansen"*"      file    as it is now"*"last  record 2 has SHA-256 "* ]]
    tar -xf made.tar.custody
    [ "$(sha256sum <made.custody/data/record-0002.txt | cut -c 1-64)" = "$(sed -n 's/^last  record 2 has SHA-256 //p' <<<"$output")" ]
}

@test "public tools check it, as doc/evidence.md says" {
    hand_over
    tar -xf made.tar.custody
    cd made.custody
    sha256sum -c --strict manifest-sha256.txt
    for record in data/record-????.txt; do
        minisign -V -P "$(sed -n 's/^key //p' "$record")" -m "$record"
    done
    [ "$(sed -n 's/^previous //p' data/record-0002.txt)" = "$(sha256sum <data/record-0001.txt | cut -c 1-64)" ]
    [ "$(sed -n 's/^seal //p' data/record-0001.txt)" = "$(tar -xOf ../made.tar made/tagmanifest-sha256.txt.minisig | sha256sum | cut -c 1-64)" ]
}

@test "a second reader, written from doc/evidence.md, comes to the same" {
    hand_over
    reads() { python3 -B "$READER" "$@"; }
    run --separate-stderr "$AJAR" custody show made.tar
    [ "$(reads made.tar)" = "$PWD/made.tar.custody: 2 records hold, the last ${lines[-2]##* }" ]
    reads -P kari.pub -P ola.pub made.tar
    run reads -P kari.pub made.tar
    [ "$status" -eq 1 ]
    [[ $output == *" is none of those that you trust" ]]
    id=$(tar -tf made.tar | sed -n 's,.*/cases/\(.*\)/case.json$,\1,p')
    "$AJAR" extract made.tar "$id" -o e.tar
    "$AJAR" redact e.tar --lines 1 -o r.tar
    "$AJAR" custody add --event handed-over --by Kari -k kari.key r.tar
    reads r.tar
    for other in e.tar made.tar; do
        run reads "$other" r.tar.custody
        [ "$status" -eq 1 ]
        [[ $output == *"it is of another bundle or extract" ]]
    done
    tar -xf made.tar.custody
    sed -i s/Kari/Karl/ made.custody/data/record-0001.txt
    (cd made.custody && sha256sum data/* >manifest-sha256.txt)
    tar --format=ustar -cf made.tar.custody made.custody
    run reads made.tar
    [ "$status" -eq 1 ]
    [[ $output == *"the signature or that of its trusted comment does not hold" ]]
}

@test "verify checks what lies beside the bundle" {
    run --separate-stderr "$AJAR" verify -P kari.pub made.tar
    [[ $output != *custody* ]]
    hand_over
    run --separate-stderr "$AJAR" verify -P kari.pub -P ola.pub made.tar
    [ "$status" -eq 0 ]
    [[ $output == *"  custody     2 records beside it, each after the one before; the last: received, by Ola Hansen, 20"* ]]
    [[ $output == *"              signed by keys that you trust"* ]]
    tar -xf made.tar.custody
    sed -i s/Kari/Karl/ made.custody/data/record-0001.txt
    tar --format=ustar -cf made.tar.custody made.custody
    run --separate-stderr "$AJAR" verify -P kari.pub made.tar
    [ "$status" -eq 1 ]
    [[ $output == "made.tar: verified, but NOT the custody beside it"$'\n'*"  custody     does NOT hold" ]]
    [ "$stderr" = "ajar verify: made.tar.custody: data/record-0001.txt was changed: its SHA-256 is not the one in manifest-sha256.txt" ]
}

@test "what lies beside a bundle is not the bundle: the first line and the status say which does not hold" {
    echo junk >made.tar.custody
    run --separate-stderr "$AJAR" verify -P kari.pub made.tar
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "made.tar: verified, but NOT the custody beside it" ]
    [[ $stderr == "ajar verify: made.tar.custody: "* ]]
    run --separate-stderr "$AJAR" verify --no-custody -P kari.pub made.tar
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = "made.tar: verified" ]
    [ -z "$stderr" ]
    [[ $output != *custody* ]]
    rm made.tar.custody
    run --separate-stderr "$AJAR" verify -P kari.pub made.tar
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = "made.tar: verified" ]
}

# The number of a key, as minisign names it.
number_of() {
    sed -n '1s/.* //p' "$1"
}

@test "verify refuses records by keys that its reader does not name, and names them to who names none" {
    hand_over
    run --separate-stderr "$AJAR" verify -P kari.pub made.tar
    [ "$status" -eq 1 ]
    [[ $output == "made.tar: verified, but NOT the custody beside it"$'\n'*"  custody     NOT signed by keys that you trust" ]]
    [ "$stderr" = "ajar verify: made.tar.custody: record 2 is signed by the key $(number_of ola.pub), which you don't name among those that you trust" ]
    run --separate-stderr "$AJAR" verify made.tar
    [ "$status" -eq 0 ]
    [[ $output == *"              signed by key $(number_of kari.pub): nobody vouches for it"$'\n'"              signed by key $(number_of ola.pub): nobody vouches for it"* ]]
}

@test "signatures and time-stamps that are added to the bundle later do not break it" {
    hand_over
    "$AJAR" cosign -k ola.key made.tar
    "$AJAR" custody add --event co-signed --by "Ola Hansen" -k ola.key made.tar
    run --separate-stderr "$AJAR" custody show made.tar
    echo "$output"
    [ "$status" -eq 0 ]
    [ "$(grep -c 'signatures or time-stamps were added since' <<<"$output")" -eq 2 ]
    [ "$(grep -c 'file    as it is now' <<<"$output")" -eq 1 ]
}

@test "the reader's keys: all who have signed must be among them" {
    hand_over
    run --separate-stderr "$AJAR" custody show -P kari.pub made.tar
    [ "$status" -eq 1 ]
    [[ $stderr == "ajar custody: made.tar.custody: record 2 is signed by the key "*", which you don't name among those that you trust" ]]
    printf '%s - - Kari Nordmann\n%s - - Ola Hansen\n' "$(tail -n 1 kari.pub)" "$(tail -n 1 ola.pub)" >trusted
    run --separate-stderr "$AJAR" custody show -T trusted made.tar
    [ "$status" -eq 0 ]
    [[ $output == *", Kari Nordmann"*"signed  by key "*", Ola Hansen"* ]]
}

@test "the custody of an extract is not that of its redaction, nor back" {
    id=$(tar -tf made.tar | sed -n 's,.*/cases/\(.*\)/case.json$,\1,p')
    "$AJAR" extract made.tar "$id" -o e.tar
    "$AJAR" redact e.tar --hide 127.0.0.1 -o r.tar
    "$AJAR" redact e.tar --lines 1 -o other.tar
    for name in e r; do
        "$AJAR" custody add --event handed-over --by Kari -k kari.key "$name.tar"
        run "$AJAR" custody show "$name.tar"
        [ "$status" -eq 0 ]
        tar -xf "$name.tar.custody"
        [ "$(sed -n 's/^tree //p' ./*.custody/data/record-0001.txt)" = "$(tar -xOf "$name.tar" --wildcards '*/tree.txt' | sha256sum | cut -c 1-64)" ]
        rm -r ./*.custody/
    done
    for pair in "e r" "r e" "r other"; do
        run --separate-stderr "$AJAR" custody show -f "${pair% *}.tar.custody" "${pair#* }.tar"
        echo "$stderr"
        [ "$status" -eq 1 ]
        [ "$stderr" = "ajar custody: ${pair% *}.tar.custody: it is the custody of another extract of the case $id: one in which other parts are hidden, or none" ]
    done
}

@test "a link to a bundle has the bundle's custody" {
    hand_over
    mkdir far
    ln -s ../made.tar far/link.tar
    run --separate-stderr "$AJAR" verify far/link.tar
    [[ $output == *"  custody     2 records beside it"* ]]
    "$AJAR" custody add --event copied --by Kari -k kari.key far/link.tar
    [ ! -e far/link.tar.custody ]
    run "$AJAR" custody show made.tar
    [[ $output == "made.tar.custody: 3 records"* ]]
}

# Else what is recorded could be another file than what was verified.
@test "the bundle is held before it is verified" {
    sed 's/relay\/third/relay\/tHird/' made.tar >bent.tar
    exec 8<bent.tar
    flock 8
    run --separate-stderr "$AJAR" custody add --event copied --by Ola -k ola.key bent.tar 8>&-
    exec 8>&-
    [ "$status" -eq 1 ]
    [[ $stderr == "ajar custody: bent.tar: another program is adding to it; try again" ]]
    run --separate-stderr "$AJAR" custody add --event copied --by Ola -k ola.key bent.tar
    [ "$status" -eq 1 ]
    [[ $stderr == "ajar custody: bent.tar: the tar file is damaged behind "* ]]
}

@test "a pipe in the place of the records is refused, not waited for" {
    mkfifo made.tar.custody
    run --separate-stderr timeout 10 "$AJAR" verify made.tar
    [ "$status" -eq 1 ]
    [[ $stderr == "ajar verify: made.tar.custody: not a regular file"* ]]
    mkfifo pipe.tar
    run --separate-stderr timeout 10 "$AJAR" verify pipe.tar
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar verify: pipe.tar: not a regular file" ]
    run --separate-stderr timeout 10 "$AJAR" custody add --event copied --by Kari -k kari.key pipe.tar
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar custody: pipe.tar: not a regular file" ]
}

@test "a bundle with the longest name has a custody" {
    name=$(printf '%0100d' 0)
    "$AJAR" probe -k kari.key -e "$name.tar" -p relay/third-party 127.0.0.1:1
    "$AJAR" custody add --event copied --by Kari -k kari.key "$name.tar"
    "$AJAR" custody add --event copied --by Kari -k kari.key "$name.tar"
    run "$AJAR" verify "$name.tar"
    [ "$status" -eq 0 ]
    [[ $output == *"  custody     2 records beside it"* ]]
}

@test "another copy: the same, longer, or forked" {
    hand_over
    cp made.tar.custody copy
    run "$AJAR" custody show --against copy made.tar
    [ "$status" -eq 0 ]
    [[ $output == *"copy holds the same records" ]]
    "$AJAR" custody add --event copied --by "Ola Hansen" -k ola.key made.tar
    run "$AJAR" custody show --against copy made.tar
    [ "$status" -eq 0 ]
    [[ $output == *"copy holds the same records, but for 1 more in made.tar.custody" ]]
    run "$AJAR" custody show -f copy --against made.tar.custody made.tar
    [ "$status" -eq 0 ]
    "$AJAR" custody add -f copy --event destroyed --by "Kari Nordmann" -k kari.key made.tar
    run --separate-stderr "$AJAR" custody show --against copy made.tar
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar custody: made.tar.custody and copy: they part behind record 2: the chain was forked" ]
}

@test "a damaged bundle, and records that do not hold, get no further record" {
    hand_over
    sum=$(sha256sum made.tar.custody)
    sed 's/relay\/third/relay\/tHird/' made.tar >bent.tar
    cp made.tar.custody bent.tar.custody
    run --separate-stderr "$AJAR" custody add --event copied --by Ola -k ola.key bent.tar
    [ "$status" -eq 1 ]
    [ "$sum" = "$(sha256sum <bent.tar.custody | sed s/-/made.tar.custody/)" ]
    printf 'x' | dd of=made.tar.custody bs=1 seek=1540 conv=notrunc status=none
    sum=$(sha256sum made.tar.custody)
    run --separate-stderr "$AJAR" custody add --event copied --by Ola -k ola.key made.tar
    [ "$status" -eq 1 ]
    [[ $stderr == "ajar custody: made.tar.custody: "* ]]
    [ "$sum" = "$(sha256sum made.tar.custody)" ]
}

@test "killed at any moment, the old records or the new ones are there" {
    "$AJAR" custody add --event handed-over --by Kari -k kari.key made.tar
    before=1
    for i in {1..25}; do
        "$AJAR" custody add --event copied --by Ola -k ola.key made.tar >said 2>&1 3>&- &
        sleep "0.00$((i % 10))"
        kill -KILL $! 2>/dev/null || true
        wait $! 2>/dev/null || true
        run "$AJAR" custody show made.tar
        [ "$status" -eq 0 ]
        [[ $output =~ ^made.tar.custody:\ ([0-9]+)\ record ]]
        now=${BASH_REMATCH[1]}
        [ "$now" -eq "$before" ] || [ "$now" -eq $((before + 1)) ]
        before=$now
    done
}

@test "two at once queue or are told; none is lost" {
    for i in {1..6}; do
        "$AJAR" custody add --event copied --by "Ola $i" -k ola.key made.tar >"said$i" 2>&1 3>&- &
    done
    wait
    added=$(cat said? | grep -c '^made.tar.custody: record ' || true)
    refused=$(cat said? | grep -c 'another program is adding to it; try again' || true)
    [ "$added" -ge 1 ]
    [ $((added + refused)) -eq 6 ]
    [[ $("$AJAR" custody show made.tar | head -n 1) == "made.tar.custody: $added record"* ]]
}

@test "nothing recorded, wrong usage: one sentence each" {
    run --separate-stderr "$AJAR" custody show made.tar
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar custody: made.tar.custody is not there: nothing was recorded" ]
    for words in "" "frob made.tar" "add made.tar" "add --event copied made.tar" "show" "show made.tar made.tar" \
        "show --by Kari made.tar" "add --event copied --by Kari --against x made.tar" \
        "add --event Copied! --by Kari -k kari.key made.tar" "show --frob made.tar"; do
        # shellcheck disable=SC2086
        run --separate-stderr "$AJAR" custody $words
        echo "$words: $status $stderr"
        [ "$status" -eq 2 ]
        [ "$(wc -l <<<"$stderr")" -eq 1 ]
    done
    [ ! -e made.tar.custody ]
}
