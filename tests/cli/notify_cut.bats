#!/usr/bin/env bats
# shellcheck disable=SC2154
bats_require_minimum_version 1.5.0
# ajar notify cut off: by a kill at each step, and by what a power cut leaves. The bundle has three letters to write.

setup_file() {
    command -v strace >/dev/null || skip "strace is not installed (make deps)"
    python3 tests/cli/notify_bundle.py "$BATS_FILE_TMPDIR" c-1:relay/third-party:open c-2:proxy/socks5:open \
        c-3:proxy/http-get:suspect
}

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    BUNDLE=$BATS_FILE_TMPDIR/evidence.tar
    TESTS=$PWD/tests/cli
    cd "$BATS_TEST_TMPDIR" || exit
}

cut() { run python3 -B "$TESTS/notify_cut.py" "$AJAR" "$BUNDLE" "$@"; echo "$output"; }

@test "a letter has its name only when it is on the disk, and is told of when its name is, too" {
    for form in out maildir pdf; do
        cut order $form
        [ "$output" = "3 letters last, 3 are named" ]
    done
}

@test "killed at any step of writing, there is no half letter, and --resume writes those that are missing, each once" {
    for form in out maildir; do
        cut kill $form
        [[ $output =~ ^[0-9]+\ kills,\ 3\ letters$ ]]
    done
}

@test "on paper, too" {
    cut kill pdf
    [[ $output =~ ^[0-9]+\ kills,\ 3\ letters$ ]]
}

@test "--resume says what was there already, and overwrites no other file" {
    "$AJAR" notify "$BUNDLE" --each --out letters
    rm letters/c-2.eml
    before=$(sha256sum letters/c-1.eml)
    run --separate-stderr "$AJAR" notify "$BUNDLE" --each --out letters --resume
    [ "$status" -eq 0 ]
    [ "$output" = letters/c-2.eml ]
    [ "$stderr" = "1 letter written; 1 was there already; 1 case is not open" ]
    [ "$(sha256sum letters/c-1.eml)" = "$before" ]
    run --separate-stderr "$AJAR" notify "$BUNDLE" --each --out letters --tone reminder --resume
    [ "$status" -eq 1 ]
    [[ $stderr == "ajar notify: letters/c-1.eml is there already; letters are never overwritten"* ]]
}

@test "without --resume a second run says how to go on" {
    "$AJAR" notify "$BUNDLE" --each --out letters
    run --separate-stderr "$AJAR" notify "$BUNDLE" --each --out letters
    [ "$status" -eq 1 ]
    [[ $stderr == *"--resume goes on where a run was cut off"* ]]
}
