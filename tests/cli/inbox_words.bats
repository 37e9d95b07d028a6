#!/usr/bin/env bats
# shellcheck disable=SC2154
bats_require_minimum_version 1.5.0
# ajar inbox: what people and programs write in the letters' languages (inbox_words.py), and what only looks so.

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    HERE=$BATS_TEST_DIRNAME
    cd "$BATS_TEST_TMPDIR" || exit
}

@test "words are taken for what they mean, and for no more" {
    python3 -B "$HERE/inbox_words.py" mails
    "$AJAR" inbox mails 2>err | python3 -c 'import json, sys
for mail in map(json.loads, sys.stdin): print(mail["mail"] + ":", mail["kind"])' >got
    python3 -B "$HERE/inbox_words.py" | diff - got
}
