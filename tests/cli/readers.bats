#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
# A bundle that somebody made to do harm to whoever reads it: every text in its cases is hostile (notify_bundle.py, WORDS).

setup_file() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    export AJAR
    python3 -B "$BATS_TEST_DIRNAME/notify_bundle.py" "$BATS_FILE_TMPDIR" c-1:relay/third-party:open:fields \
        c-2:proxy/http-get:open:fields c-3:proxy/socks5:suspect:fields c-4:relay/envelope:closed:fields
}

setup() { BUNDLE=$BATS_FILE_TMPDIR/evidence.tar; }

# Neither on a terminal nor in a letter does anything but text and line ends appear: no controls, no marks of direction.
assert_plain() {
    python3 -c '
import sys, unicodedata
text = sys.stdin.buffer.read().decode("utf-8")
bad = {hex(ord(c)) for c in text if c not in "\n\t" and unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Co", "Cn")}
sys.exit(f"characters that must not be there: {bad}" if bad else 0)'
}

@test "show lists such cases, a row each, with nothing in them that a terminal acts on" {
    "$AJAR" show "$BUNDLE" >"$BATS_TEST_TMPDIR/out"
    assert_plain <"$BATS_TEST_TMPDIR/out"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/out")" -eq 5 ]
}

@test "show prints their dialogues, with nothing in them that a terminal acts on" {
    for case in c-1 c-2 c-3 c-4; do
        "$AJAR" show "$BUNDLE" "$case" >"$BATS_TEST_TMPDIR/out"
        assert_plain <"$BATS_TEST_TMPDIR/out"
        grep -q '^Verdict: ' "$BATS_TEST_TMPDIR/out"
    done
}

@test "view makes a page of them, with nothing in it but text and its own markup" {
    "$AJAR" view "$BUNDLE" -o "$BATS_TEST_TMPDIR/out.html"
    assert_plain <"$BATS_TEST_TMPDIR/out.html"
    run ! grep -qi '<script>alert' "$BATS_TEST_TMPDIR/out.html"
}

@test "on a terminal, with colour, nothing but ajar's own colours" {
    script -qec "'$AJAR' show '$BUNDLE' c-1; '$AJAR' show '$BUNDLE'" /dev/null </dev/null |
        sed 's/\x1b\[[0-9;]*m//g; s/\r$//' >"$BATS_TEST_TMPDIR/out"
    grep -q '^Verdict: ' "$BATS_TEST_TMPDIR/out"
    assert_plain <"$BATS_TEST_TMPDIR/out"
}

@test "no field of such a case reaches the head of a letter, and none is more than text in it" {
    python3 -B "$BATS_TEST_DIRNAME/notify_bundle.py" "$BATS_TEST_TMPDIR" c-1:relay/third-party:open:words \
        c-2:proxy/http-get:open:words c-3:proxy/socks5:suspect:words
    "$AJAR" notify "$BATS_TEST_TMPDIR/evidence.tar" --out "$BATS_TEST_TMPDIR/letters" --include-suspect --each
    for letter in "$BATS_TEST_TMPDIR"/letters/*.eml; do
        python3 - "$letter" >"$BATS_TEST_TMPDIR/text" <<'PYTHON'
import email, email.policy, json, sys
with open(sys.argv[1], "rb") as file:
    message = email.message_from_binary_file(file, policy=email.policy.default)
assert not message.defects, message.defects
assert sorted(message.keys()) == sorted(["Date", "From", "Reply-To", "Subject", "To", "Message-ID", "Auto-Submitted", "MIME-Version",
                                         "Content-Type", "Content-Language", "X-Ajar-Case"]), message.keys()
text, report = message.iter_parts()
assert sorted(text.keys()) == ["Content-Language", "Content-Transfer-Encoding", "Content-Type"], text.keys()
assert report.get_content_type() == "application/json", report.keys()
json.loads(report.get_content())
assert not any("victim" in value or "\x1b" in value for value in message.values()), message.items()
print(text.get_content().replace("\r\n", "\n"))
PYTHON
        assert_plain <"$BATS_TEST_TMPDIR/text"
        # the line end of a field stays within its sentence
        [ "$(grep -c '^Bcc: victim' "$BATS_TEST_TMPDIR/text")" -eq 0 ]
    done
    [ "$(find "$BATS_TEST_TMPDIR/letters" -name '*.eml' | wc -l)" -eq 3 ]
}

@test "no letter is written where such a case's receipts are none, and why is one plain line" {
    run --separate-stderr "$AJAR" notify "$BUNDLE" --out "$BATS_TEST_TMPDIR/letters"
    # shellcheck disable=SC2154
    echo "$status: $stderr"
    [ "$status" -eq 1 ]
    [ -z "$output" ]
    assert_plain <<<"$stderr"
    [[ $stderr == *"0 letters written; 2 cases are not borne out by their own files; 2 cases are not open" ]]
}

@test "replay refuses what such a bundle can't answer, in one plain line" {
    run --separate-stderr "$AJAR" replay "$BUNDLE"
    # shellcheck disable=SC2154
    echo "$status: $stderr"
    [ "$status" -eq 1 ]
    [ "$(wc -l <<<"$stderr")" -eq 1 ]
    assert_plain <<<"$stderr"
}
