#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
# The demonstration: it runs unattended, shows what it promises, and fails when something is wrong.

setup_file() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    export AJAR TMPDIR=$BATS_FILE_TMPDIR
    BUILD=$(dirname "$AJAR") timeout 100 tools/demo.sh >"$BATS_FILE_TMPDIR/out" 2>&1 </dev/null &&
        status=0 || status=$?
    echo "$status" >"$BATS_FILE_TMPDIR/status"
}

setup() {
    OUT=$BATS_FILE_TMPDIR/out
    FOLDER=$(sed -n '1s/.* in \(.*\), on loopback.*/\1/p' "$OUT")
}

row() { # VERDICT TARGET-ENDS-IN PROBE: a row of the table, the reason aside
    grep -Eq "^$1 +127\.0\.[0-9]+\.$2 +$3( |$)" "$OUT"
}

@test "the demonstration ends well" {
    cat "$OUT"
    [ "$(cat "$BATS_FILE_TMPDIR/status")" = 0 ]
    [ -d "$FOLDER" ]
}

@test "its table has the open, the closed and what only looks open" {
    row open 2:2525 relay/third-party
    row closed 3:2525 relay/third-party
    row closed 8:2525 relay/third-party
    row suspect 7:2525 relay/third-party
    row open 9:3128 proxy/http-connect
    row open 9:3128 proxy/http-get
    row open 14:1080 proxy/socks4
    row open 14:1080 proxy/socks5
    row closed 12:8080 proxy/http-connect
    row closed 12:8080 proxy/http-get
    grep -q 'verdicts are right' "$OUT"
}

@test "it tests with five of the probes, and with none that waits for what no server there speaks" {
    grep -Eq '^12 tested in [0-9.]+ s: 5 open, 1 suspect, 4 closed, 2 inconclusive' "$OUT"
    [ "$(wc -l <"$FOLDER/probes.txt")" -eq 5 ]
}

@test "its table fits 80 columns" {
    [ "$(sed -n '/^VERDICT/,/tested in/p' "$OUT" | awk 'length > 80' | wc -l)" -eq 0 ]
}

@test "public tools and ajar accept the bundle, and ajar refuses the changed copy" {
    grep -q '^Signature and comment signature verified$' "$OUT"
    grep -q '^manifest-sha256.txt: OK$' "$OUT"
    grep -q '^run.tar: verified$' "$OUT"
    grep -q '^changed.tar: NOT verified$' "$OUT"
    grep -q 'case.json was changed' "$OUT"
}

@test "the verdicts are derived again" {
    grep -Eq '^[1-9][0-9]* derived again, 0 different$' "$OUT"
}

@test "it shows a dialogue and the Norwegian letter" {
    grep -q '→ RCPT TO:<' "$OUT"
    grep -q '^Verdict: open: token returned$' "$OUT"
    grep -q '^Dette har vi observert$' "$OUT"
    [ -n "$(find "$FOLDER/letters" -name '*.eml')" ]
}

@test "the commands that it printed work by hand in the folder that it kept" {
    cd "$FOLDER"
    for command in verify show replay; do
        line=$(grep -m 1 "^\$ ./ajar $command" "$OUT")
        run bash -c "${line#\$ }"
        echo "$line: status $status"
        [ "$status" -eq 0 ]
    done
}

@test "nothing is left running in its folder" {
    [ -z "$(find /proc/[0-9]*/cwd -maxdepth 0 -lname "$FOLDER" 2>/dev/null)" ]
}

@test "a wrong verdict makes it fail" {
    mkdir "$BATS_TEST_TMPDIR/build"
    # This one tells of its servers what is not true.
    cat >"$BATS_TEST_TMPDIR/build/ajar" <<EOF
#!/bin/sh
case "\$*" in
*list*) "$AJAR" "\$@" | sed 's/"relay.third-party":"closed"/"relay\\/third-party":"open"/' ;;
*) exec "$AJAR" "\$@" ;;
esac
EOF
    chmod +x "$BATS_TEST_TMPDIR/build/ajar"
    BUILD=$BATS_TEST_TMPDIR/build run timeout 100 tools/demo.sh
    echo "$output" | tail -n 5
    [ "$status" -eq 1 ]
    [[ $output == *"demo: FAILED: those verdicts should have been found"* ]]
}

@test "without a program it says so" {
    BUILD=$BATS_TEST_TMPDIR run tools/demo.sh
    [ "$status" -ne 0 ]
    [[ $output == *ajar* ]]
}
