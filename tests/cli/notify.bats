#!/usr/bin/env bats
# shellcheck disable=SC2154,SC2012,SC1111
bats_require_minimum_version 1.5.0
# ajar notify: a message for each finding of a bundle. The bundles are made by notify_bundle.py, with
# public tools, so that nothing of ajar is needed to make what it reads.

setup() {
    AJAR=${AJAR:-build/ajar}
    D=$BATS_TEST_TMPDIR
}

bundle() { python3 tests/cli/notify_bundle.py "$D" "$@"; }

# The text of a message, decoded, with LF line ends; or one of its header fields.
message() { # FILE [FIELD]
    python3 -c '
import email, email.policy, sys
with open(sys.argv[1], "rb") as file:
    message = email.message_from_binary_file(file, policy=email.policy.default)
assert not message.defects, message.defects
text = next(part for part in message.walk() if part.get_content_type() == "text/plain")
print(message[sys.argv[2]] if len(sys.argv) > 2 else text.get_content().replace("\r\n", "\n"))
' "$@"
}

# The example profile, changed by sed.
profile() { sed "$1" lang/profiles/secure-your-server.lua >"$D/profile.lua"; }

@test "one message for each open case, named by its case" {
    bundle c-1:relay/third-party:open c-2:proxy/socks5:suspect c-3:proxy/http-get:closed
    run --separate-stderr "$AJAR" notify "$D/evidence.tar" --out "$D/out"
    [ "$status" -eq 0 ]
    [ "$output" = "$D/out/c-1.eml" ]
    [ "$stderr" = "1 letter written; 2 cases are not open" ]
    [ "$(ls "$D/out")" = c-1.eml ]
}

@test "--include-suspect writes about those too" {
    bundle c-1:relay/third-party:open c-2:proxy/socks5:suspect c-3:proxy/http-get:closed
    run --separate-stderr "$AJAR" notify "$D/evidence.tar" --each --out "$D/out" --include-suspect
    [ "$status" -eq 0 ]
    [ "$(ls "$D/out" | tr '\n' ' ')" = "c-1.eml c-2.eml " ]
    message "$D/out/c-2.eml" | tr '\n' ' ' | grep -q "cannot say for certain that the server is open"
}

@test "the Norwegian letter is Norwegian first, English second" {
    bundle c-1:relay/third-party:open
    "$AJAR" notify "$D/evidence.tar" --out "$D/out" --lang nb
    [ "$(message "$D/out/c-1.eml" Subject)" = \
        "Gjør deres server sikker: åpen e-postserver på 192.0.2.1, port 25" ]
    [ "$(message "$D/out/c-1.eml" Content-Language)" = "nb, en" ]
    message "$D/out/c-1.eml" >"$D/text"
    head -n 2 "$D/text" | tr '\n' ' ' | grep -q "Norwegian Bokmål (norsk bokmål) and, further down, in English"
    [ "$(grep -n 'Med vennlig hilsen' "$D/text" | cut -d: -f1)" -lt \
        "$(grep -n 'Yours faithfully' "$D/text" | cut -d: -f1)" ]
}

@test "--tone writes a reminder, and a letter to the provider" {
    bundle c-1:relay/third-party:open
    "$AJAR" notify "$D/evidence.tar" --out "$D/a" --tone reminder
    [ "$(message "$D/a/c-1.eml" Subject)" = "Secure Your Server: reminder about the open mail server at 192.0.2.1, port 25" ]
    "$AJAR" notify "$D/evidence.tar" --out "$D/b" --tone provider --lang nb
    message "$D/b/c-1.eml" | tr -s ' \n' ' ' >"$D/text"
    grep -q "hører adressen til nettet deres" "$D/text"
    grep -q "We ask you to pass this letter on to those who run the server" "$D/text"
}

# The bundle of an earlier day, and the one of today.
two_bundles() { # "CASES" "CASES"
    # shellcheck disable=SC2086
    bundle $1
    mv "$D/evidence.tar" "$D/earlier.tar"
    # shellcheck disable=SC2086
    bundle $2
    notify=("$AJAR" notify "$D/evidence.tar" --since "$D/earlier.tar" --print)
}

@test "an all-clear goes to a server that was open and is closed, and names the case that it was" {
    two_bundles "c-1:relay/third-party:open c-2:proxy/socks5:closed" "d-1:relay/third-party:closed d-2:proxy/socks5:closed"
    run --separate-stderr "${notify[@]}" --tone all-clear --earlier 2026-11-03
    [ "$status" -eq 0 ]
    [ "$stderr" = "1 letter written; 1 case is not of a server that was open and is closed" ]
    tr -s ' \n' ' ' <<<"$output" >"$D/text"
    grep -q "Subject: Secure Your Server: the mail server at 192.0.2.1, port 25, is closed to strangers" "$D/text"
    grep -q "We wrote to you about this server on 3 November 2026. The case number was then c-1." "$D/text"
    grep -q "case d-1" "$D/text"
    run ! grep -q "RETEST" "$D/text"
}

@test "no all-clear while any probe finds the server open, or the one that did was not run again" {
    two_bundles "c-1:relay/third-party:open" "d-1:relay/third-party:closed d-2:relay/envelope:suspect"
    run --separate-stderr "${notify[@]}" --tone all-clear
    [ "$status" -eq 0 ]
    [ "$stderr" = "0 letters written; 2 cases are not of a server that was open and is closed" ]
    two_bundles "c-1:relay/third-party:open c-2:relay/envelope:suspect" "d-1:relay/third-party:closed"
    run --separate-stderr "${notify[@]}" --tone all-clear
    [ "$stderr" = "0 letters written; 1 case is not of a server that was open and is closed" ]
    two_bundles "c-1:relay/third-party:open" "d-1:relay/third-party:open"
    run --separate-stderr "${notify[@]}" --tone all-clear
    [ "$stderr" = "0 letters written; 1 case is not of a server that was open and is closed" ]
}

@test "an all-clear reports nothing to programs, and needs the earlier bundle" {
    two_bundles "c-1:relay/third-party:open" "d-1:relay/third-party:closed"
    "$AJAR" notify "$D/evidence.tar" --since "$D/earlier.tar" --tone all-clear --out "$D/out"
    run ! grep -qi "xarf" "$D/out/d-1.eml"
    run --separate-stderr "$AJAR" notify "$D/evidence.tar" --tone all-clear --print
    [ "$status" -eq 2 ]
    [[ $stderr == "ajar notify: --tone all-clear takes --since BUNDLE"* ]]
    run --separate-stderr "${notify[@]}" --tone all-clear --earlier tomorrow
    [ "$status" -eq 2 ]
    [[ $stderr == "ajar notify: --earlier: 'tomorrow' is no date such as 2026-11-24"* ]]
    run --separate-stderr "$AJAR" notify "$D/evidence.tar" --since "$D/none.tar" --tone all-clear --print
    [ "$status" -eq 1 ]
}

@test "the earlier bundle is another one than that of today" {
    two_bundles "c-1:relay/third-party:open" "d-1:relay/third-party:open"
    run --separate-stderr "$AJAR" notify "$D/evidence.tar" --since "$D/evidence.tar" --tone reminder --print
    [ "$status" -eq 1 ]
    [ "$output" = "" ]
    [[ $stderr == *"--since $D/evidence.tar: it is the very bundle that the letters are about"* ]]
}

@test "a reminder with the earlier bundle goes to those that were open then, and follows the letter of that case" {
    two_bundles "c-1:relay/third-party:open" "d-1:relay/third-party:open d-2:proxy/socks5:open"
    "$AJAR" notify "$D/earlier.tar" --out "$D/first"
    run --separate-stderr "$AJAR" notify "$D/evidence.tar" --since "$D/earlier.tar" --tone reminder --follows first --out "$D/out"
    [ "$status" -eq 0 ]
    [ "$(ls "$D/out")" = d-1.eml ]
    [ "$stderr" = "1 letter written; 1 case is not open now and before" ]
    [ "$(message "$D/out/d-1.eml" In-Reply-To)" = "$(message "$D/first/c-1.eml" Message-ID)" ]
}

@test "a letter tells of two lists, and of a command to see it oneself" {
    bundle c-1:relay/third-party:open
    "$AJAR" notify "$D/evidence.tar" --print | tr -s ' \n' ' ' >"$D/text"
    grep -q "do not want the server to be tested again, please write to objections@secure-your-server.example with “STOP-TESTS c-1”" "$D/text"
    grep -q "do not want more letters, please write to objections@secure-your-server.example with “STOP-LETTERS c-1”" "$D/text"
    profile 's/^  contact = .*/&\n  stop_tests = "tests@authority.example",\n  stop_letters = "letters@authority.example",/'
    "$AJAR" notify "$D/evidence.tar" --print --profile "$D/profile.lua" | tr -s ' \n' ' ' >"$D/text"
    grep -q "write to tests@authority.example with “STOP-TESTS c-1”" "$D/text"
    grep -q "write to letters@authority.example with “STOP-LETTERS c-1”" "$D/text"
    grep -q "swaks --quit-after RCPT --port 25" "$D/text"
}

@test "a letter holds the facts of its case" {
    bundle c-1:relay/third-party:open
    "$AJAR" notify "$D/evidence.tar" --out "$D/out"
    message "$D/out/c-1.eml" | tr -s ' \n' ' ' >"$D/text"
    grep -q "the server mail.example.org with the IP address 192.0.2.1, port 25" "$D/text"
    grep -q "the list “a public list”" "$D/text"
    grep -q "On 24 November 2026 at 02:10:16 (UTC)" "$D/text"
    grep -q "from the address 203.0.113.7" "$D/text"
    grep -q "\*> S: 250 2.0.0 Ok: queued as 4F1C22A0B7" "$D/text"
    grep -q "the mark abcdefghijklmnopqrstuvwxyz234567" "$D/text"
    grep -q "at 02:10:17 (UTC), delivered from 192.0.2.1" "$D/text"
    grep -q "runs Postfix" "$D/text"
    grep -q "evidence.tar, case c-1" "$D/text"
    grep -q "$(sed -n 2p "$D/operator.pub")" "$D/text"
}

@test "a list has the name that the profile gives it, with its address; one known by a file's name alone is told of without it" {
    bundle c-1:relay/third-party:open:source=s.txt "c-2:proxy/socks5:open:source=s.txt; b.txt; Old list; x.csv" c-3:proxy/http-connect:open:source=zone.example.org
    "$AJAR" notify "$D/evidence.tar" --each --print >"$D/text"
    grep -q "s\.txt\|b\.txt\|x\.csv" "$D/text" && return 1
    tr -s ' \n' ' ' <"$D/text" >"$D/flat"
    grep -q "The address stands on a list that we were given, which names servers" "$D/flat"
    grep -q "The address stands on the list “Old list”" "$D/flat"
    grep -q "The address stands on the list “zone.example.org”" "$D/flat"
    profile 's#^  contact = .*#&\n  sources = { ["s.txt"] = "Shadowserver, Open HTTP proxy report", ["b.txt"] = { name = { en = "Ours", nb = "Vår" }, url = "https://lists.example/b" } },#'
    "$AJAR" notify "$D/evidence.tar" --each --print --profile "$D/profile.lua" --lang nb >"$D/text"
    grep -q "s\.txt\|b\.txt\|x\.csv" "$D/text" && return 1
    tr -s ' \n' ' ' <"$D/text" >"$D/flat"
    grep -q "Adressen står på listen «Shadowserver, Open HTTP proxy report»" "$D/flat"
    grep -q "«Shadowserver, Open HTTP proxy report», «Vår» og «Old list»" "$D/flat"
    [ "$(grep -cx -- "- Ours: https://lists.example/b" "$D/text")" -eq 1 ]
    [ "$(grep -cx -- "- Vår: https://lists.example/b" "$D/text")" -eq 1 ]
}

@test "a list in a profile must have a name, and an address must be one" {
    bundle c-1:relay/third-party:open
    local list
    for list in '7' '{ name = "x", url = "ftp://x" }' '{ url = "https://x.example/" }' '{ name = { nb = "x" } }'; do
        profile "s#^  contact = .*#&\n  sources = { [\"s.txt\"] = $list },#"
        run --separate-stderr "$AJAR" notify "$D/evidence.tar" --print --profile "$D/profile.lua"
        [ "$status" -ne 0 ]
        [[ $stderr == *"the key 'sources' must be a table"* ]]
    done
}

@test "what the profile has in English alone stands in lines of its own, without marks of direction" {
    bundle c-1:relay/third-party:open c-2:proxy/socks5:open
    profile 's/^  ar = {/  xx = {/'
    "$AJAR" notify "$D/evidence.tar" --each --out "$D/out" --lang ar --profile "$D/profile.lua"
    message "$D/out/c-2.eml" | sed '/^=== English/,$d' | tail -n +6 >"$D/text"
    python3 - "$D/text" <<'PYTHON'
import re, sys
with open(sys.argv[1], encoding="utf-8") as file:
    text = file.read()
flat = text.replace("\n", " ")
for sentence in ("This letter is part of “Secure Your Server”, a joint project of the Federal Trade Commission",
                 "In Norway the letters are sent by", "EXAMPLE: this letter", "- Does the proxy accept", "The project’s pages of 2004"):
    assert sentence in flat, sentence
english = re.compile("Federal Trade Commission|Norwegian|EXAMPLE|Does the proxy|pages of 2004|Ministry of")
lines = [line for line in text.splitlines() if english.search(line)]
assert len(lines) >= 8, lines
for line in lines:
    assert not re.search("[\u0600-\u06ff\u2066-\u2069]", line), line
PYTHON
}

@test "the example profile's texts are in the letter's language, all of them" {
    bundle c-1:relay/third-party:open c-2:proxy/socks5:open
    "$AJAR" notify "$D/evidence.tar" --print --lang ar | sed '/^=== English/,/^Subject:/d' | grep -v '^This letter\|It can also be' >"$D/text"
    run ! grep -q "Federal Trade Commission\|Norwegian\|EXAMPLE\|Does the proxy\|pages of 2004\|Secure Your Server" "$D/text"
    grep -q "لجنة التجارة الاتحادية" "$D/text"
}

@test "the lines on which the verdict rests are marked, and what was said for them is quoted with them" {
    bundle c-1:relay/third-party:open c-2:proxy/socks5:open c-3:proxy/http-connect:suspect
    "$AJAR" notify "$D/evidence.tar" --each --out "$D/out" --include-suspect
    message "$D/out/c-1.eml" >"$D/text"
    tr -s ' \n' ' ' <"$D/text" | grep -q "The lines with an asterisk (\*) before them are the decisive ones."
    [ "$(grep -c '^ \*> ' "$D/text")" -eq 2 ]
    grep -A1 '^  > C: RCPT TO:<' "$D/text" | grep -qx ' \*> S: 250 2.1.5 Ok'
    [ "$(grep -A1 '^ \*> S: 250 2.1.5' "$D/text" | tail -n 1)" = "  > C: DATA" ]
    [ "$(message "$D/out/c-2.eml" | grep -c '^ \*> S: \\x05\\x00\\x00')" -eq 1 ]
    message "$D/out/c-3.eml" | grep -qx ' \*> S: HTTP/1.1 200 OK'
}

@test "what a server says can't mark itself as decisive" {
    bundle c-1:relay/third-party:open:marked
    "$AJAR" notify "$D/evidence.tar" --out "$D/out"
    message "$D/out/c-1.eml" >"$D/text"
    grep -qx '  > S: \*> S: 250 Ok' "$D/text"
    [ "$(grep -c '^ \*> ' "$D/text")" -eq 2 ]
}

@test "a letter has the digest of the bundle as it was given, in each language" {
    bundle c-1:relay/third-party:open c-2:proxy/socks5:open
    digest=$(sha256sum "$D/evidence.tar" | cut -d' ' -f1)
    "$AJAR" notify "$D/evidence.tar" --each --out "$D/out" --lang nb
    for letter in "$D/out/c-1.eml" "$D/out/c-2.eml"; do
        message "$letter" >"$D/text"
        [ "$(grep -cx "    $digest" "$D/text")" -eq 2 ]
        tr -s ' \n' ' ' <"$D/text" >"$D/flat"
        grep -q "filens SHA-256-sum, slik kommandoen «sha256sum» skriver den ut: $digest" "$D/flat"
        grep -q "the file’s SHA-256 digest, as the command “sha256sum” prints it: $digest" "$D/flat"
    done
}

@test "a letter says that it may matter for its reader's place on the Internet" {
    bundle c-1:relay/third-party:open
    "$AJAR" notify "$D/evidence.tar" --out "$D/out" --lang nb
    message "$D/out/c-1.eml" | tr -s ' \n' ' ' >"$D/text"
    grep -q "kan få betydning for internettilgangen deres og for tilstedeværelsen deres på nettet" "$D/text"
    grep -q "may affect your access to the Internet and your presence on it" "$D/text"
}

@test "software that does not name itself gets its kind's instructions" {
    bundle c-1:proxy/socks5:open
    "$AJAR" notify "$D/evidence.tar" --print >"$D/text"
    grep -qx -- "- nftables (Linux): https://wiki.debian.org/nftables" "$D/text"
    grep -q -- "^- 3proxy: https://" "$D/text"
}

@test "no line of a letter is over 76 columns" {
    bundle c-1:relay/third-party:open c-2:proxy/socks5:open c-3:proxy/http-connect:open:hostile
    for lang in en nb; do
        "$AJAR" notify "$D/evidence.tar" --print --lang $lang >"$D/text"
        python3 -c 'import sys; sys.exit(any(len(l.rstrip("\n")) > 76 for l in open(sys.argv[1]) if not l.startswith("Subject")))' "$D/text"
    done
}

@test "what a hostile server wrote stays a quote" {
    bundle c-1:relay/third-party:open:hostile
    "$AJAR" notify "$D/evidence.tar" --out "$D/out"
    [ "$(message "$D/out/c-1.eml" Bcc)" = None ]
    message "$D/out/c-1.eml" >"$D/text"
    grep -q "We demand payment" "$D/text"
    run ! grep -v "^  > S: " <(grep "We demand payment\|Bcc" "$D/text")
    run ! grep -qP '[\x00-\x09\x0b-\x1f\x7f]|\xe2\x80\xae' "$D/text"
}

@test "the message leaves the recipient to the operator, or takes --to" {
    bundle c-1:relay/third-party:open
    "$AJAR" notify "$D/evidence.tar" --out "$D/a"
    [ "$(message "$D/a/c-1.eml" To)" = "undisclosed-recipients:;" ]
    "$AJAR" notify "$D/evidence.tar" --out "$D/b" --to abuse@example.net
    [ "$(message "$D/b/c-1.eml" To)" = "abuse@example.net" ]
    [ "$(message "$D/b/c-1.eml" Auto-Submitted)" = "auto-generated" ]
    [[ $(message "$D/b/c-1.eml" Message-ID) == "<c-1."*"@secure-your-server.example>" ]]
}

@test "nothing is overwritten" {
    bundle c-1:relay/third-party:open
    mkdir "$D/out"
    echo mine >"$D/out/c-1.eml"
    run --separate-stderr "$AJAR" notify "$D/evidence.tar" --out "$D/out"
    [ "$status" -eq 1 ]
    [[ $stderr == "ajar notify: "*"c-1.eml is there already"* ]]
    [ "$(cat "$D/out/c-1.eml")" = mine ]
}

@test "a bundle that does not verify gets no letter" {
    bundle c-1:relay/third-party:open
    mkdir "$D/x"
    tar -xf "$D/evidence.tar" -C "$D/x"
    sed -i 's/4F1C22A0B7/4F1C22A0B8/' "$D/x/evidence/data/cases/c-1/tape.jsonl"
    tar --format=ustar -cf "$D/evidence.tar" -C "$D/x" evidence
    run --separate-stderr "$AJAR" notify "$D/evidence.tar" --out "$D/out"
    [ "$status" -eq 1 ]
    [[ $stderr == "ajar notify: "*tape.jsonl* ]]
    [ ! -e "$D/out" ]
}

@test "a key that is not the signer's is told" {
    bundle c-1:relay/third-party:open
    mkdir "$D/other"
    minisign -G -W -p "$D/other/o.pub" -s "$D/other/o.key" >/dev/null
    run --separate-stderr "$AJAR" notify "$D/evidence.tar" --out "$D/out" -P "$D/other/o.pub"
    [ "$status" -eq 1 ]
    "$AJAR" notify "$D/evidence.tar" --out "$D/out" -P "$D/operator.pub"
}

@test "a profile says who writes" {
    bundle c-1:relay/third-party:open
    profile 's/project@secure-your-server/letters@authority/; s/Gjør deres server sikker/Lukk døra/'
    "$AJAR" notify "$D/evidence.tar" --out "$D/out" --lang nb --profile "$D/profile.lua"
    [ "$(message "$D/out/c-1.eml" From)" = "Prosjektet «Lukk døra» <letters@authority.example>" ]
    [[ $(message "$D/out/c-1.eml" Message-ID) == *"@authority.example>" ]]
}

@test "a wrong profile is told by file and key" {
    bundle c-1:relay/third-party:open
    profile 's/^  contact = .*//'
    run --separate-stderr "$AJAR" notify "$D/evidence.tar" --out "$D/out" --profile "$D/profile.lua"
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar notify: $D/profile.lua: the key 'contact' is missing; it must be a text of one line" ]
    run --separate-stderr "$AJAR" notify "$D/evidence.tar" --out "$D/out" --profile "$D/none.lua"
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar notify: $D/none.lua: No such file or directory" ]
    [ ! -e "$D/out" ]
}

@test "a profile runs in the sandbox" {
    bundle c-1:relay/third-party:open
    echo "return os.execute('touch $D/owned')" >"$D/profile.lua"
    run --separate-stderr "$AJAR" notify "$D/evidence.tar" --out "$D/out" --profile "$D/profile.lua"
    [ "$status" -eq 1 ]
    [ ! -e "$D/owned" ]
}

@test "wrong usage ends with status 2" {
    run "$AJAR" notify
    [ "$status" -eq 2 ]
    run "$AJAR" notify "$D/evidence.tar"
    [ "$status" -eq 2 ]
    run "$AJAR" notify "$D/evidence.tar" --out "$D/a" --print
    [ "$status" -eq 2 ]
    run "$AJAR" notify "$D/evidence.tar" --print --to "a@example.net, b@example.net"
    [ "$status" -eq 2 ]
}

@test "for a language that there is not letters are in the closest one, and that is told" {
    bundle c-1:relay/third-party:open
    local asked got
    while read -r asked got; do
        run --separate-stderr "$AJAR" notify "$D/evidence.tar" --out "$D/$asked" --lang "$asked"
        [ "$status" -eq 0 ]
        [ "$(message "$D/$asked/c-1.eml" Content-Language)" = "$got" ]
        [ "${stderr_lines[0]}" = "ajar notify: no letter is in the language '$asked'; the letters are in '${got%,*}', the closest that there is" ]
    done <<<"pt-BR pt, en
zh-TW zh, en
sr-Latn sr, en
tlh en"
    for asked in pt no zh-CN zh-Hans sr-Cyrl; do
        run --separate-stderr "$AJAR" notify "$D/evidence.tar" --out "$D/$asked" --lang "$asked"
        [ "$stderr" = "1 letter written" ]
    done
}

@test "what is no language's tag is told, with the languages there are" {
    bundle c-1:relay/third-party:open
    run --separate-stderr "$AJAR" notify "$D/evidence.tar" --print --lang Klingon!
    [ "$status" -eq 2 ]
    [ "$stderr" = "ajar notify: no letter in the language 'Klingon!'; there is: $(basename -s .lua lang/*.lua | paste -sd, | sed 's/,/, /g')" ]
}

@test "a full disk leaves no half letter" {
    bundle c-1:relay/third-party:open
    (
        ulimit -f 1
        run --separate-stderr "$AJAR" notify "$D/evidence.tar" --out "$D/out"
        [ "$status" -ne 0 ]
    )
    [ -z "$(ls "$D/out")" ]
}

# --- a bundle made against a simulated server

simulated() { # SCENARIO PROBE: the letter about it, on one line, in $D/text
    local sink pid target
    sink=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    "$AJAR" sim --net 131 --for 60 --sink "127.0.0.1:$sink" "$1" >"$D/sim" 3>&- &
    pid=$!
    for _ in $(seq 100); do
        [ -s "$D/sim" ] && break
        sleep 0.1
    done
    target=$("$AJAR" sim --net 131 --json list | jq -r --arg id "$1" 'select(.id == $id).target')
    "$AJAR" key new --no-password -o "$D/sim.key" >/dev/null 2>&1
    "$AJAR" probe --json --sink "127.0.0.1:$sink" --wait 3 --timeout 20 -p "$2" -e "$D/sim.tar" -k "$D/sim.key" \
        "$target" >"$D/result"
    kill "$pid"
    "$AJAR" replay "$D/sim.tar"
    "$AJAR" notify "$D/sim.tar" --print --include-suspect --lang nb | tr -s ' \n' ' ' >"$D/text"
}

@test "the letter says which misconfiguration let the mail through, and what closes it" {
    simulated relay-r12 relay/envelope
    jq -e '[.steps[] | select(.form) | .form + " " + .cause] == ["R12 source-route"]' "$D/result"
    grep -q "Dette fant testen vår: Serveren følger en rute foran adressen" "$D/text"
    grep -q "What our test has found: The server follows a route before the address" "$D/text"
    grep -q "If the server runs Postfix, this closes exactly that: In the file /etc/postfix/main.cf: allow_untrusted_routing = no" "$D/text"
}

@test "a relay that trusts whoever is inside TLS is told of that, not of the general rule" {
    simulated relay-t3 relay/starttls
    jq -e '[.steps[].form] | index("T3") != null' "$D/result"
    grep -q "What our test has found: The server refuses strangers on a plain connection" "$D/text"
    grep -q "permit_tls_all_clientcerts" "$D/text"
}

@test "who carries connections to port 25 is told of e-mail, and who carries datagrams there is not" {
    bundle c-1:proxy/socks5:open c-2:proxy/socks5-udp:open
    "$AJAR" notify "$D/evidence.tar" --each --out "$D/out"
    message "$D/out/c-1.eml" | grep -q "Port 25, which e-mail takes"
    run ! grep -q "Port 25" <(message "$D/out/c-2.eml")
    message "$D/out/c-2.eml" | grep -q "abcdefghijklmnopqrstuvwxyz234567"
}

@test "who sends datagrams by HTTP is told so, and how to close it" {
    simulated http-udp-open proxy/http-udp
    grep -q "What our test has found: The server sends anyone’s datagrams (UDP) to any address by HTTP" "$D/text"
    grep -q "Slå av connect-udp" "$D/text"
}

@test "a suspicion says what it would be" {
    simulated relay-second relay/second-recipient
    grep -q "If the server is open, it is by this: The server refuses a recipient elsewhere" "$D/text"
}

@test "a NUL in what a target says keeps neither its letter back nor what is left of a cut-off run" {
    simulated relay-open-nul relay/third-party
    jq -e '.verdict == "open" and ([.steps[].say] | any(contains("\u0000")))' "$D/result"
    grep -q "queued as" "$D/text"
    "$AJAR" show "$D/sim.tar" | grep -q "open .*relay/third-party"
    "$AJAR" show "$D/sim.tar" c- | grep -q "message accepted"
    head -c $(($(tar -tvRf "$D/sim.tar" | sed -n 's/^block \([0-9]*\): .*manifest-sha256.txt$/\1/p' | head -n 1) * 512)) \
        "$D/sim.tar" >"$D/cut.tar"
    "$AJAR" verify --partial "$D/cut.tar" | grep -q "1 finished case"
}

@test "no letter is written about an open case whose receipt is not there; the others are" {
    bundle c-1:relay/third-party:open c-2:relay/third-party:open:bare c-3:proxy/socks5:open
    run --separate-stderr "$AJAR" notify --each --out "$D/letters" "$D/evidence.tar"
    [ "$status" -eq 1 ]
    [ "$output" = "$(printf '%s\n' "$D/letters/c-1.eml" "$D/letters/c-3.eml")" ]
    [[ $stderr == *"evidence.tar: case c-2: no letter is written, as its own files don't bear it out: expected receipts[0].file receipts/r-0.eml, as case.json says, got receipts[0].file that is not in the case"* ]]
    [[ $stderr == *"2 letters written; 1 case is not borne out by its own files" ]]
    [ ! -e "$D/letters/c-2.eml" ]
}

@test "no letter is written where the receipt is typed by hand, or a report that the message could not be delivered" {
    bundle c-1:relay/third-party:open:typed c-2:relay/third-party:open:returned c-3:proxy/socks5:open
    run --separate-stderr "$AJAR" notify --each --out "$D/letters" "$D/evidence.tar"
    [ "$status" -eq 1 ]
    [ "$output" = "$D/letters/c-3.eml" ]
    for case in c-1 c-2; do
        [[ $stderr == *"evidence.tar: case $case: no letter is written, as its own files don't bear it out: line "*"expected the proof abcdefghijklmnopqrstuvwxyz234567, as case.json says, got the proof that no receipt proves: none that the tape records is by its bytes of this token"* ]]
    done
}

@test "a proxy of another's probe that speaks HTTP is told how to close one that does" {
    bundle c-1:proxy/acme-http:open
    "$AJAR" notify "$D/evidence.tar" --print >"$D/text"
    grep -q "runs Squid" <(tr -s ' \n' ' ' <"$D/text")
    grep -q "http_access deny all" "$D/text"
}
