#!/usr/bin/env bats
# shellcheck disable=SC2154,SC2012,SC1111
bats_require_minimum_version 1.5.0
# ajar notify: one letter for all findings of a recipient.

setup() {
    AJAR=${AJAR:-build/ajar}
    D=$BATS_TEST_TMPDIR
    TWO="c-1:relay/third-party:open c-2:proxy/socks5:open"
}

# shellcheck disable=SC2086
bundle() { python3 tests/cli/notify_bundle.py "$D" $1; }

notify() { run --separate-stderr "$AJAR" notify "$D/evidence.tar" "$@"; }

# The table that goes with a letter, or another part by its number; the text is 0.
part() { # FILE [NUMBER]
    python3 -c '
import email, email.policy, sys
with open(sys.argv[1], "rb") as file:
    message = email.message_from_binary_file(file, policy=email.policy.default)
assert not message.defects, message.defects
parts = [part for part in message.walk() if not part.is_multipart()]
content = parts[int((sys.argv + ["1"])[2])].get_content()
text = content.decode() if isinstance(content, bytes) else content
sys.stdout.write(text.replace("\r\n", "\n"))
' "$@"
}

types() { # FILE
    python3 -c '
import email, sys
print(*(part.get_content_type() for part in email.message_from_binary_file(open(sys.argv[1], "rb")).walk()))' "$1"
}

contacts() { printf '%s\n' "$@" >"$D/contacts.json"; }

flat() { tr -s ' \n' ' ' <<<"$output"; }

@test "two findings at one address whose owner nobody knows are one letter" {
    bundle "$TWO"
    notify --out "$D/out"
    [ "$status" -eq 0 ]
    [ "$stderr" = "1 letter written" ]
    [[ $output == "$D/out/g-"*.eml ]]
    [ "$(ls "$D/out" | wc -l)" -eq 1 ]
}

@test "findings at two addresses whose owners nobody knows are two letters" {
    bundle "c-1:relay/third-party:open c-2@192.0.2.2:proxy/socks5:open c-3:proxy/http-get:open"
    notify --out "$D/out"
    [ "$stderr" = "2 letters written" ]
    [ -e "$D/out/c-2.eml" ]
    [ "$(ls "$D/out"/g-*.eml | wc -l)" -eq 1 ]
}

@test "what --contacts names for several addresses is one recipient, whatever capitals it is written in" {
    bundle "c-1:relay/third-party:open c-2@192.0.2.2:proxy/socks5:open c-3@192.0.2.3:proxy/socks5:open"
    contacts '{"address":"192.0.2.1","to":["abuse@example.net"],"languages":[]}' \
        '{"address":"192.0.2.2","to":["other@example.net"],"languages":[]}' \
        '{"address":"192.0.2.3","to":["Abuse@Example.net"],"languages":[]}'
    notify --dry-run --contacts "$D/contacts.json"
    [ "$stderr" = "2 letters would be written" ]
    [[ ${lines[0]} == g-*$'\t2 findings, 2 addresses\tabuse@example.net\t'* ]]
    [[ ${lines[1]} == c-2$'\t192.0.2.2:1080\tother@example.net\t'* ]]
}

@test "--to is one recipient for all" {
    bundle "c-1:relay/third-party:open c-2@192.0.2.2:proxy/socks5:open"
    notify --dry-run --to abuse@example.net
    [[ $output == g-*$'\t2 findings, 2 addresses\tabuse@example.net\t'* ]]
}

@test "--each writes a letter for each finding" {
    bundle "$TWO"
    notify --out "$D/out" --each
    [ "$stderr" = "2 letters written" ]
    [ "$(ls "$D/out" | tr '\n' ' ')" = "c-1.eml c-2.eml " ]
}

@test "a group of one gets the very letter that --each writes" {
    bundle "c-1:relay/third-party:open c-2:proxy/socks5:closed"
    notify --out "$D/one" --lang nb
    notify --out "$D/each" --lang nb --each
    cmp <(grep -v '^Date:' "$D/one/c-1.eml") <(grep -v '^Date:' "$D/each/c-1.eml")
}

@test "what is not borne out is in no letter, and what is left over is told by itself" {
    bundle "c-1:relay/third-party:open:bare c-2:proxy/socks5:open"
    notify --out "$D/out"
    [ "$status" -eq 1 ]
    [[ $stderr == *"1 letter written; 1 case is not borne out by its own files" ]]
    [ "$(ls "$D/out")" = c-2.eml ]
}

@test "the letter tells how many, where, what and when, and asks for all of them by one number" {
    bundle "$TWO c-3@192.0.2.2:proxy/http-connect:suspect"
    notify --print --include-suspect --to abuse@example.net
    ticket=$(grep -o 'g-[0-9a-f]\{16\}' <<<"$output" | head -n 1)
    grep -qE "^1 +192\.0\.2\.1 +25 +open mail server +2026-11-24 02:10$" <<<"$output"
    grep -qE "^3 +192\.0\.2\.2 +1080 +proxy, possibly open +2026-11-24 02:10$" <<<"$output"
    flat >"$D/text"
    grep -q "This letter is about 3 findings on servers" "$D/text"
    grep -q "They concern 2 different IP addresses" "$D/text"
    grep -q "with “RETEST $ticket” as the subject" "$D/text"
    grep -q "“STOP-TESTS $ticket”" "$D/text"
    grep -q "The attached file findings.csv has all findings" "$D/text"
}

@test "it has an example of each kind, with its dialogue, and the proven one before a suspect one" {
    bundle "c-1:proxy/socks5:suspect c-2@192.0.2.2:proxy/socks5:open c-3:relay/third-party:open"
    notify --print --include-suspect --to abuse@example.net
    flat >"$D/text"
    grep -q "An example is the server at the address 192.0.2.2, port 1080 (case c-2)" "$D/text"
    grep -q "An example is the server at the address 192.0.2.1, port 25 (case c-3)" "$D/text"
    run ! grep -q "(case c-1)" "$D/text"
    grep -q "S: 250 2.0.0 Ok: queued as 4F1C22A0B7" "$D/text"
    grep -q "C: AJAR abcdefghijklmnopqrstuvwxyz234567" "$D/text"
}

@test "of each kind of finding there is a command that shows it" {
    bundle "c-1:relay/third-party:open c-2@192.0.2.2:proxy/socks5:open c-3@192.0.2.3:proxy/http-get:open"
    notify --print --to abuse@example.net
    [ "$(grep -c "^How to see it for yourself" <<<"$output")" -eq 1 ]
    grep -qF -e "--server 192.0.2.1 " <<<"$output"
    grep -qF "socks5h://192.0.2.2:1080" <<<"$output"
    grep -qF "http://192.0.2.3:1080" <<<"$output"
    [ "$(flat | grep -o "About the address 192.0.2.2, port 1080, and servers like it: Please run" | wc -l)" -eq 1 ]
}

@test "where all findings are of one kind the command that shows it stands alone" {
    bundle "c-1:relay/third-party:open c-2@192.0.2.2:relay/third-party:open"
    notify --print --to abuse@example.net
    flat | grep -qF "How to see it for yourself -------------------------- The decisive step"
    [ "$(grep -c "swaks --quit-after" <<<"$output")" -eq 1 ]
}

@test "each advice is given once" {
    bundle "$(for i in 1 2 3 4 5 6; do printf 'c-%d@192.0.2.%d:relay/third-party:open ' $i $i; done)"
    notify --print --to abuse@example.net
    [ "$(grep -c "In the file /etc/postfix/main.cf:" <<<"$output")" -eq 1 ]
    [ "$(flat | grep -o "The server says that it runs Postfix" | wc -l)" -eq 1 ]
}

@test "the table is cut in the letter, and whole in the file" {
    bundle "$(for i in $(seq 1 45); do printf 'c-%d@192.0.2.%d:proxy/socks5:open ' "$i" "$i"; done)"
    notify --out "$D/out" --to abuse@example.net --machine none
    letter=("$D/out"/g-*.eml)
    part "${letter[0]}" 0 >"$D/text"
    [ "$(grep -cE '^[0-9]+ +192\.0\.2\.[0-9]+ +1080 ' "$D/text")" -eq 30 ]
    grep -qx "… (15 lines more)" "$D/text"
    part "${letter[0]}" >"$D/csv"
    [ "$(wc -l <"$D/csv")" -eq 46 ]
}

@test "the file is CSV that says of each finding what a program needs" {
    bundle "$TWO"
    notify --out "$D/out"
    letter=("$D/out"/g-*.eml)
    grep -q '^Content-Type: text/csv; charset=utf-8; header=present' "${letter[0]}"
    grep -q '^Content-Disposition: attachment; filename="findings.csv"' "${letter[0]}"
    part "${letter[0]}" >"$D/csv"
    python3 - "$D/csv" "$(sha256sum "$D/evidence.tar" | cut -d' ' -f1)" <<'END'
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], newline="")))
assert [row["case"] for row in rows] == ["c-1", "c-2"], rows
assert [row["kind"] for row in rows] == ["open-relay", "open-proxy"], rows
assert all(row["bundle_sha256"] == sys.argv[2] and row["verdict"] == "open" for row in rows), rows
assert rows[0]["address"] == "192.0.2.1" and rows[0]["port"] == "25" and rows[0]["host"] == "mail.example.org", rows
assert rows[0]["tested"] == "2026-11-24T02:10:16.123456Z" and rows[0]["returned_from"] == "192.0.2.1", rows
END
}

@test "no text of a stranger ends a field, a line or the table, or is a formula" {
    bundle "c-1:relay/third-party:open:words c-2:proxy/socks5:open"
    notify --out "$D/out"
    letter=("$D/out"/g-*.eml)
    part "${letter[0]}" >"$D/csv"
    python3 - "$D/csv" <<'END'
import csv, sys, unicodedata
text = open(sys.argv[1], newline="").read()
rows = list(csv.reader(text.splitlines(keepends=True)))
assert len(rows) == 3 and {len(row) for row in rows} == {15}, rows
assert not any(cell[:1] in tuple("=+-@\t\r") for row in rows for cell in row), rows
assert not any(unicodedata.category(c) in ("Cc", "Cf") for c in text if c != "\n"), text
END
}

@test "the part for programs: XARF for each, with the table before it" {
    bundle "$TWO"
    notify --out "$D/out"
    letter=("$D/out"/g-*.eml)
    [ "$(types "${letter[0]}")" = "multipart/mixed text/plain text/csv application/json application/json" ]
    part "${letter[0]}" 3 | python3 -c 'import json, sys; assert json.load(sys.stdin)["source_port"] == 1080'
}

@test "the part for programs: IntelMQ a line for each, ARF for relays and XARF for the rest, or none" {
    bundle "$TWO c-3@192.0.2.2:proxy/socks5:open"
    notify --out "$D/a" --machine intelmq --to abuse@example.net
    letter=("$D/a"/g-*.eml)
    [ "$(part "${letter[0]}" 2 | python3 -c 'import json, sys; print(*(json.loads(line)["extra"]["case"] for line in sys.stdin))')" = "c-1 c-2 c-3" ]
    notify --out "$D/b" --machine arf --to abuse@example.net
    letter=("$D/b"/g-*.eml)
    [[ $(types "${letter[0]}") == "multipart/mixed text/plain text/csv message/feedback-report "*"message/rfc822 "*"application/json application/json" ]]
    notify --out "$D/c" --machine none --to abuse@example.net
    letter=("$D/c"/g-*.eml)
    [ "$(types "${letter[0]}")" = "multipart/mixed text/plain text/csv" ]
}

@test "a part for programs each for the first twenty findings, and no more" {
    bundle "$(for i in $(seq 1 25); do printf 'c-%d@192.0.2.%d:proxy/socks5:open ' "$i" "$i"; done)"
    notify --out "$D/out" --to abuse@example.net
    letter=("$D/out"/g-*.eml)
    [ "$(types "${letter[0]}" | grep -o application/json | wc -l)" -eq 20 ]
}

@test "it is written in each tone, and in two languages" {
    bundle "$TWO"
    for tone in first reminder provider; do
        notify --print --lang de --tone $tone
        [ "$status" -eq 0 ]
        [ "$(flat | grep -oE "2 Befunde|2 findings" | sort -u | tr '\n' ' ')" = "2 Befunde 2 findings " ]
    done
}

@test "an all-clear for several servers is one letter" {
    bundle "c-1:relay/third-party:open c-2@192.0.2.2:proxy/socks5:open"
    mv "$D/evidence.tar" "$D/earlier.tar"
    bundle "d-1:relay/third-party:closed d-2@192.0.2.2:proxy/socks5:closed"
    notify --since "$D/earlier.tar" --tone all-clear --to abuse@example.net --print
    [ "$stderr" = "1 letter written" ]
    flat >"$D/text"
    grep -q "This letter is about 2 servers that our earlier tests found open" "$D/text"
    grep -q "closed mail server" "$D/text"
    run ! grep -q "RETEST" "$D/text"
}

@test "the same findings have the same number and Message-ID, those of another bundle others" {
    bundle "$TWO"
    notify --out "$D/a"
    notify --out "$D/b"
    [ "$(ls "$D/a")" = "$(ls "$D/b")" ]
    [ "$(grep -h ^Message-ID "$D/a"/*)" = "$(grep -h ^Message-ID "$D/b"/*)" ]
    bundle "$TWO c-3:proxy/http-get:closed"
    notify --out "$D/c"
    [ "$(ls "$D/a")" != "$(ls "$D/c")" ]
}

@test "on paper it has the table" {
    bundle "$TWO"
    notify --pdf "$D/out" --lang ar
    [ "$status" -eq 0 ]
    pdftotext -layout "$D/out"/g-*.pdf "$D/text"
    grep -q "open mail server  *2026-11-24 02:10" "$D/text"
}

# To two recipients; the first of them was written to before.
written_before() { # PLACE-OPTION
    bundle "c-1:relay/third-party:open c-2@192.0.2.2:proxy/socks5:open"
    contacts '{"address":"192.0.2.1","to":["abuse@example.net"],"languages":[]}'
    "$AJAR" notify "$D/evidence.tar" --contacts "$D/contacts.json" "$@" >/dev/null
    contacts '{"address":"192.0.2.1","to":["Abuse@example.net"],"languages":[]}' \
        '{"address":"192.0.2.2","to":["other@example.org"],"languages":[]}'
}

@test "--interval: who was written to less than so many days ago is not written to now" {
    for place in out maildir mbox; do
        written_before --$place "$D/$place"
        notify --contacts "$D/contacts.json" --interval 7 --sent "$D/$place" --out "$D/again-$place"
        [ "$status" -eq 0 ]
        [ "$(ls "$D/again-$place")" = c-2.eml ]
        [ "$stderr" = "1 letter written; 1 held back, as its recipient was written to less than 7 days ago" ]
    done
}

@test "--interval looks at the place that letters are written to" {
    written_before --maildir "$D/box"
    notify --contacts "$D/contacts.json" --interval 7 --maildir "$D/box"
    [[ $stderr == "1 letter written; 1 held back"* ]]
    notify --contacts "$D/contacts.json" --interval 7 --maildir "$D/box"
    [[ $stderr == "0 letters written; 2 held back, as their recipients were written to less than 7 days ago" ]]
}

@test "--interval --dry-run names who is held back, and since when" {
    written_before --mbox "$D/box"
    notify --contacts "$D/contacts.json" --interval 7 --sent "$D/box" --dry-run
    [ "${lines[0]}" = "-"$'\t-\tAbuse@example.net\t'"held back: written to on $(date -u +%F)" ]
    [[ ${lines[1]} == c-2$'\t'*$'\tother@example.org\t'* ]]
}

@test "once the days are over he is written to again, and each letter says the interval" {
    written_before --out "$D/out"
    sed -i 's/^Date: .*/Date: Tue, 24 Nov 2020 02:10:16 +0000\r/' "$D/out"/*.eml
    notify --contacts "$D/contacts.json" --interval 7 --sent "$D/out" --print
    [ "$stderr" = "2 letters written" ]
    [ "$(flat | grep -o "You will get at most one letter of this kind from us in 7 days." | wc -l)" -eq 2 ]
    notify --to abuse@example.net --interval 1 --print
    flat | grep -q "You will get at most one letter of this kind from us in a day."
}

@test "--interval and --sent are checked" {
    bundle "$TWO"
    for days in 0 -1 x 9999; do
        notify --print --interval "$days"
        [ "$status" -eq 2 ]
        [[ $stderr == "ajar notify: --interval: '$days' is no number of days from 1 to 3650"* ]]
    done
    notify --print --sent "$D"
    [ "$status" -eq 2 ]
    notify --print --interval 3 --sent "$D/none"
    [ "$status" -eq 1 ]
}

field() { sed -n "s/^$2: \(.*\)\r$/\1/p" "$1"; } # FILE NAME

# The bundle of an earlier day with the letters about it, and the one of today.
two_days() { # "CASES" "CASES"
    bundle "$1"
    "$AJAR" notify "$D/evidence.tar" --out "$D/first" >/dev/null
    mv "$D/evidence.tar" "$D/earlier.tar"
    bundle "$2"
    notify --since "$D/earlier.tar" --tone reminder --follows first --out "$D/again"
    was=("$D/first"/*.eml)
    is=("$D/again"/*.eml)
}

@test "a reminder about several findings follows the letter that was about several" {
    two_days "$TWO" "d-1:relay/third-party:open d-2:proxy/socks5:open"
    [ "$(field "${is[0]}" References)" = "$(field "${was[0]}" Message-ID)" ]
    [ "$(part "${is[0]}" | python3 -c 'import csv, sys; print(*(row["earlier_case"] for row in csv.DictReader(sys.stdin)))')" = "c-1 c-2" ]
}

@test "a reminder about what is left of several findings follows that letter, and names its number" {
    two_days "$TWO" "d-1:relay/third-party:open d-2:proxy/socks5:closed"
    [ "${is[0]}" = "$D/again/d-1.eml" ]
    [ "$(field "${is[0]}" References)" = "$(field "${was[0]}" Message-ID)" ]
    output=$(part "${is[0]}" 0)
    flat | grep -q "The case number was then $(basename "${was[0]}" .eml)."
}

@test "a reminder about what was one finding follows the letter about that case" {
    two_days "c-1:relay/third-party:open c-2:proxy/socks5:closed" "d-1:relay/third-party:open"
    [ "$(field "${is[0]}" References)" = "$(field "$D/first/c-1.eml" Message-ID)" ]
}

@test "a second tone about the same bundle follows the letter with the same number" {
    bundle "$TWO"
    notify --out "$D/first"
    notify --out "$D/again" --tone reminder --follows first
    was=("$D/first"/*.eml)
    is=("$D/again"/*.eml)
    [ "$(field "${is[0]}" In-Reply-To)" = "$(field "${was[0]}" Message-ID)" ]
}

@test "a letter goes to all addresses that a contact names, five at most, in one message" {
    bundle "c-1:relay/third-party:open"
    contacts '{"address":"192.0.2.1","to":["a@example.net","b@example.org","a@example.net"],"languages":[]}'
    notify --contacts "$D/contacts.json" --out "$D/two"
    [ "$(python3 -c 'import email, email.policy, sys
print(email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)["To"])' "$D/two/c-1.eml")" = "a@example.net, b@example.org" ]
    contacts '{"address":"192.0.2.1","to":["1@x.example","2@x.example","3@x.example","4@x.example","5@x.example","6@x.example"],"languages":[]}'
    notify --contacts "$D/contacts.json" --dry-run
    [[ $output == *$'\t1@x.example, 2@x.example, 3@x.example, 4@x.example, 5@x.example\t'* ]]
    notify --contacts "$D/contacts.json" --dry-run --interval 3 --sent "$D/two"
    [ "$stderr" = "1 letter would be written" ]
    contacts '{"address":"192.0.2.1","to":["new@example.net","B@example.org"],"languages":[]}'
    notify --contacts "$D/contacts.json" --dry-run --interval 3 --sent "$D/two"
    [[ $stderr == "0 letters would be written; 1 held back"* ]]
}
