#!/usr/bin/env bats
# What follows a campaign's tests: letters, reminders, new tests, all-clears, as its rules say.
bats_require_minimum_version 1.5.0

load servers

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    PROFILE=$PWD/lang/profiles/secure-your-server.lua
    cd "$BATS_TEST_TMPDIR" || return 1
    "$AJAR" key new --no-password -o key >/dev/null
    printf 'allow 127.0.0.0/8\noptout optout\n' >scope
    : >optout
    SINK=$(free_port)
    stderr="" output="" marks=()
}

teardown() { stop_server; }

# A campaign of two simulated servers, one open, at addresses with this third number.
campaign() { # NET [OPTION...]
    start_simulators "$1" relay-open relay-closed
    OPEN=$(target relay-open)
    "$AJAR" campaign new --scope scope "${@:2}" c
    awk '{ print $1 }' servers >list
    "$AJAR" campaign import --source list c list 2>/dev/null >&2
}

tests_it() { "$AJAR" campaign run -q -k key --chain chain -p relay/third-party --sink "127.0.0.1:$SINK" --wait 5 c >/dev/null; }
notify() { "$AJAR" campaign notify --profile "$PROFILE" --to owner@example.org --out letters "${marks[@]}" c; }
told() { "$AJAR" campaign status --json c | jq -c "$1"; }
of_open() { "$AJAR" campaign show --json c "${OPEN%:*}" | jq -c "$1"; }

# So many days pass.
days_pass() { # DAYS
    python3 - "$1" <<'PYTHON'
import sqlite3, sys
days = int(sys.argv[1]) * 86400 * 1000000
with sqlite3.connect("c/campaign.db") as db:
    db.execute("UPDATE targets SET next = next - ?, since = since - ?", (days, days))
    db.execute("UPDATE letters SET made = made - ?", (days,))
    db.execute("UPDATE cases SET finished = finished - ?", (days,))
    db.execute("UPDATE jobs SET due = due - ? WHERE state = 0", (days,))
PYTHON
}

# In place of the open server a closed one.
is_closed() {
    stop_server
    wait "$SERVER" 2>/dev/null || true
    python3 - "${OPEN%:*}" "${OPEN#*:}" 3>&- <<'PYTHON' &
import socketserver, sys
class Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"220 mx.example ESMTP\r\n")
        for line in self.rfile:
            verb = line[:4].upper()
            self.wfile.write({b"RCPT": b"554 5.7.1 Relay access denied\r\n", b"QUIT": b"221 bye\r\n"}.get(verb, b"250 ok\r\n"))
            if verb == b"QUIT":
                break
class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
with Server((sys.argv[1], int(sys.argv[2])), Talk) as server:
    open("closed", "w").close()
    server.serve_forever()
PYTHON
    SERVER=$!
    for _ in {1..100}; do
        [ ! -e closed ] || return 0
        sleep 0.05
    done
    return 1
}

@test "who is open gets a first letter, and the other none" {
    campaign 221
    tests_it
    run -0 --separate-stderr notify
    [ "$stderr" = "2 targets were due; 1 letters written; 1 stopped" ]
    [ "$(echo letters/*.eml)" = "$output" ]
    grep -q '^To: owner@example.org' letters/*.eml
    [ "$(told '[.states, .letters]')" = '[{"notified":1,"stopped":1},1]' ]
    [ "$(of_open '[.events[] | .kind]')" = '["tested","notified"]' ]
}

@test "a letter is written once" {
    campaign 222
    tests_it
    notify 2>/dev/null
    run -0 --separate-stderr notify
    [ "$stderr" = "0 targets were due; 0 letters written" ]
    [ "$(find letters -name '*.eml' | wc -l)" -eq 1 ]
}

@test "--dry-run says what would be written, and changes nothing" {
    campaign 223
    tests_it
    before=$(told .)
    run -0 --separate-stderr "$AJAR" campaign notify --dry-run --to owner@example.org c
    [[ $output == c-*"$OPEN"*owner@example.org* ]]
    [ "$before" = "$(told .)" ]
}

@test "after a new test a reminder follows, which answers the first letter" {
    campaign 224
    tests_it
    notify >first 2>/dev/null
    days_pass 14
    run -0 --separate-stderr notify
    [ "$stderr" = "1 targets were due; 0 letters written; 1 to be tested again" ]
    tests_it
    notify >second 2>/dev/null
    id=$(sed -n 's/^Message-Id: //Ip' "$(cat first)")
    tr -d '\r' <"$(cat second)" | grep -qF "In-Reply-To: ${id%$'\r'}"
    [ "$(told .states.reminded)" = 1 ]
    days_pass 14
    notify 2>/dev/null
    tests_it
    notify >third 2>/dev/null
    [ "$(told .states.escalated)" = 1 ]
}

@test "who has closed it gets an all-clear, and that is all" {
    campaign 225
    tests_it
    notify >/dev/null 2>&1
    days_pass 14
    notify 2>/dev/null
    is_closed
    tests_it
    run -0 --separate-stderr notify
    grep -q "1 letters written" <<<"$stderr"
    [ "$(told .states.closed)" = 1 ]
    days_pass 31
    notify >/dev/null 2>&1
    [ "$(told '[.states.closed, .letters, .jobs.waiting]')" = '[1,2,0]' ]
    [ "$(of_open '[.events[] | .kind]')" = '["tested","notified","recheck","tested","closed"]' ]
}

@test "who is held out gets no letter, and is tested again on the same day" {
    campaign 226 --holdout 100%
    tests_it
    run -0 --separate-stderr notify
    [ "$stderr" = "2 targets were due; 0 letters written; 1 stopped; 1 letters withheld from who is held out" ]
    [ "$(told '[.states.tested, .letters]')" = '[1,0]' ]
    days_pass 14
    run -0 --separate-stderr notify
    [ "$stderr" = "1 targets were due; 0 letters written; 1 to be tested again" ]
    [ ! -e letters ] || [ -z "$(ls letters)" ]
}

@test "who has objected gets no letter" {
    campaign 227
    tests_it
    echo "${OPEN%:*}" >>c/optout
    run -0 --separate-stderr notify
    [ "$stderr" = "2 targets were due; 0 letters written; 1 stopped; 1 have objected" ]
    [ "$(told .states.objected)" = 1 ]
}

@test "a letter whose recipient nobody knows is not written, and waits for one" {
    campaign 228
    tests_it
    run -1 --separate-stderr "$AJAR" campaign notify --profile "$PROFILE" --out letters c
    grep -q "1 letters have no recipient" <<<"$stderr"
    [ "$(told '[.states.tested, .letters]')" = '[1,0]' ]
    days_pass 7
    notify 2>/dev/null
    [ "$(told '[.states.tested, .jobs.waiting]')" = '[1,1]' ]
}

@test "what is named is tested again now; what nobody knows is said" {
    campaign 229
    tests_it
    run -0 --separate-stderr "$AJAR" campaign recheck c "$OPEN"
    [ "$stderr" = "1 targets are to be tested again" ]
    [ "$(told .jobs.waiting)" = 1 ]
    tests_it
    [ "$(of_open '[.cases[] | .round]')" = '[1,0]' ]
    run -1 --separate-stderr "$AJAR" campaign recheck c 127.9.9.9
    grep -q "no target there" <<<"$stderr"
}

@test "recheck leaves letters to notify" {
    campaign 230
    tests_it
    run -0 --separate-stderr "$AJAR" campaign recheck c
    [ "$stderr" = "0 targets are to be tested again; 1 stopped; 1 letters are due ('ajar campaign notify')" ]
    notify >/dev/null 2>&1
    [ "$(told .letters)" = 1 ]
}

@test "who is cut off between a letter and its note writes no second one" {
    campaign 231
    tests_it
    notify >/dev/null 2>&1
    cp -r letters before
    python3 - <<'PYTHON'
import sqlite3
with sqlite3.connect("c/campaign.db") as db:
    db.execute("UPDATE letters SET state = 'planned'")
    db.execute("UPDATE targets SET state = 1, next = 1 WHERE state = 2")
PYTHON
    run -0 --separate-stderr notify
    [ -z "$output" ]
    diff -r letters before
    [ "$(told '[.states.notified, .letters]')" = '[1,1]' ]
}

@test "whenever it is killed, each letter is written once in the end" {
    start_simulators 245 'relay-*'
    "$AJAR" campaign new --scope scope c
    awk '{ print $1 }' servers >list
    "$AJAR" campaign import --source list c list 2>/dev/null
    "$AJAR" campaign run -q -k key --chain none -p relay/third-party --rate 0 --prefix-rate 0 --sink "127.0.0.1:$SINK" \
        --wait 2 c >/dev/null
    mv c tested
    open=$("$AJAR" campaign status --json tested | jq .verdicts.open)
    [ "$open" -gt 10 ]
    for delay in 0.05 0.11 0.14 0.17 0.2 0.25; do
        rm -rf c letters
        cp -r tested c
        notify >/dev/null 2>&1 3>&- &
        pid=$!
        sleep "$delay"
        pkill -KILL -P "$pid" || true
        wait "$pid" || true
        notify >/dev/null
        [ "$(find letters -name '*.eml' | wc -l)" -eq "$open" ]
        [ "$(find letters -type f | wc -l)" -eq "$open" ]
        [ "$(sqlite3 c/campaign.db 'SELECT state, count(*) FROM letters')" = "written|$open" ]
    done
}

@test "rules that can't be used are told with their line, and nothing is done" {
    campaign 232
    tests_it
    printf 'return {\n  next = function(target)\n    return { notify = target.nobody.kind }\n  end,\n}\n' >c/rules.lua
    run -1 --separate-stderr notify
    grep -q "rules.lua:3:" <<<"$stderr"
    [ "$(told .letters)" = 0 ]
}

# ---- what comes back ----

# A letter to the owner of the open server, whose addresses have marks; and a mail from there, to the address that it tells for
# that, which says what stdin says.
answered_from() { # RETEST|OBJECTION|BOUNCE
    marks=(--ticket-key tickets)
    notify >/dev/null 2>&1
    letter=$(echo letters/*.eml)
    mkdir -p mails/new mails/cur mails/tmp
    python3 - "$letter" "$1" >mails/new/1 <<'PYTHON'
import email, email.policy, re, sys
with open(sys.argv[1], "rb") as file:
    letter = email.message_from_binary_file(file, policy=email.policy.default)
text = next(part for part in letter.walk() if part.get_content_type() == "text/plain").get_content()
subjects = {"RETEST": "closed, please test again", "OBJECTION": "please stop"}
found = re.search({"RETEST": r"retest\+\S+?@[\w.-]+", "OBJECTION": r"objections?\+\S+?@[\w.-]+"}[sys.argv[2]], text)
print("From: owner@example.org\nTo: %s\nSubject: %s\nMessage-ID: <1@example.org>\n\nPlease." %
      (found.group(0), subjects[sys.argv[2]]))
PYTHON
}

inbox() { "$AJAR" inbox mails --ticket-key tickets --profile "$PROFILE" --campaign c; }

@test "an owner who asks for a new test gets one, once for each mail" {
    campaign 233
    tests_it
    answered_from RETEST
    run -0 --separate-stderr inbox
    [[ $stderr == *"the campaign: 1 asked to be tested again, 0 objected"* ]]
    [ "$(told .jobs.waiting)" = 1 ]
    tests_it
    run -0 --separate-stderr inbox
    [[ $stderr == *"1 were taken before"* ]]
    [ "$(told .jobs.waiting)" = 0 ]
}

@test "an owner who objects is tested and written to no more" {
    campaign 234
    tests_it
    answered_from OBJECTION
    inbox >/dev/null 2>&1
    [ "$(told .states.objected)" = 1 ]
    "$AJAR" campaign recheck c "$OPEN" 2>/dev/null || [ $? -eq 1 ]
    [ "$(told .jobs.waiting)" = 0 ]
}

@test "what anybody could have written changes nothing" {
    campaign 235
    tests_it
    answered_from RETEST
    sed -i 's/^To: .*/To: retest@example.org/; s/^Subject: .*/Subject: test again '"$(basename letters/*.eml .eml)"'/' mails/new/1
    run -0 --separate-stderr inbox
    [[ $stderr == *"the campaign: 0 asked to be tested again"* ]]
    [ "$(told .jobs.waiting)" = 0 ]
}
