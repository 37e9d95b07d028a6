#!/usr/bin/env bats
# What comes from an enemy, a probe's script or a server, costs its own verdict and nothing else.
bats_require_minimum_version 1.5.0

load servers

setup() {
    AJAR=${AJAR:-build/ajar}
    cd "$BATS_TEST_TMPDIR" || return 1
    stderr=
}

teardown() { stop_server; }

# A server that says to every client what stands in $1, all at once; its port goes to the file "port".
serve() {
    start_server port python3 - "$1" <<'PYTHON'
import codecs, socket, sys, threading, time
words = codecs.decode(sys.argv[1], "unicode_escape").encode("latin-1")
listener = socket.create_server(("127.0.0.1", 0), backlog=64)
print(listener.getsockname()[1], flush=True)
def talk(client):
    client.sendall(words)
    time.sleep(5)
while True:
    threading.Thread(target=talk, args=(listener.accept()[0],), daemon=True).start()
PYTHON
}

# A probe whose body is $1, against $2 or a port where nobody listens.
evil() {
    printf 'local p = ajar.probe { id = "relay/evil", kind = "relay", ports = { 25 }, summary = "x" }
function p.run(target)\n%s\nend\nreturn p\n' "$1" >evil.lua
    run --separate-stderr timeout 30 "$AJAR" probe --json -p ./evil.lua "${2:-127.0.0.1:9}"
    echo "$status: $output$stderr"
    [ "$status" -eq 0 ]
}

field() { jq -r ".$1" <<<"$output"; }

@test "a string.gsub that calls itself without end is stopped, and ends no process" {
    evil 'local function f() return (("a"):gsub("a", f)) end return ajar.closed(select(2, pcall(f)))'
    [[ $(field reason) == *"nested too deeply"* ]]
    [[ $stderr != *"ended by signal"* ]]
}

@test "a __tostring that calls tostring without end is an error, and ends no process" {
    evil 'local mt = {} mt.__tostring = function() return tostring(setmetatable({}, mt)) end
          tostring(setmetatable({}, mt))'
    [ "$(field verdict)" = error ]
    [[ $stderr != *"ended by signal"* ]]
}

@test "string.format shows no address in memory" {
    evil 'return ajar.closed(string.format("%s and %s", {}, ajar.closed))'
    [ "$(field reason)" = "table and function" ]
    evil 'return ajar.closed(tostring(pcall(string.format, "%-20p", {})))'
    [ "$(field reason)" = false ]
}

@test "a verdict of open without a receipt does not stand" {
    evil 'return { verdict = "open", reason = "mine", proof = ajar.token() }'
    [ "$(field verdict)" = error ]
}

@test "a server that answers before it is asked has accepted nothing" {
    serve '220 a\r\n250 b\r\n250 c\r\n250 d\r\n354 e\r\n250 f\r\n'
    run --separate-stderr timeout 30 "$AJAR" probe --json -w 1 -p relay/third-party "127.0.0.1:$(cat port)"
    echo "$output$stderr"
    [ "$(field verdict)" = inconclusive ]
    [[ $(field reason) == *"more than it was asked for"* ]]
}

@test "what a server says reaches the output as one line of JSON without control characters" {
    serve '554 \x1b]0;x\x07\x1b[2J"}{\xe2\x80\xae\x00\x9b31m\r\n'
    run --separate-stderr timeout 30 "$AJAR" probe --json -w 1 -p relay/third-party "127.0.0.1:$(cat port)"
    [ "${#lines[@]}" -eq 1 ]
    jq -e . <<<"$output"
    [[ $output != *$'\x1b'* && $output != *$'\x9b'* && $output != *$'\u202e'* ]]
}

@test "a sender names no host but ours and the target, in no spelling" {
    serve '220 a\r\n'
    for path in v@museum 'v@#16909060' v@16909060 v@ex。org v@example.org 'v%example.org@localhost'; do
        evil "local s = ajar.smtp.connect(target) s:mail('$path')" "127.0.0.1:$(cat port)"
        [[ $(field reason) == *"may not stand in an envelope"* ]]
    done
}

# A relay that delivers each mail to the sink at port $1 as often as the sink takes it, with $2 empty lines behind it.
flood() { # SINK LINES
    start_server port python3 - "$@" <<'PYTHON'
import smtplib, socketserver, sys
sink, lines = int(sys.argv[1]), int(sys.argv[2])
def deliver(sender, recipient, message):
    with smtplib.SMTP("127.0.0.1", sink, local_hostname="flood.test") as client:
        client.ehlo()
        for word in (b"MAIL FROM:" + sender, b"RCPT TO:" + recipient, b"DATA", message + b"\r\n" * lines + b"."):
            client.send(word + b"\r\n")
            client.getreply()
class Relay(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"220 flood.test\r\n")
        for line in self.rfile:
            verb, _, path = line.strip().partition(b":")
            if verb.upper() == b"MAIL FROM":
                sender = path.split()[0]
            elif verb.upper() == b"RCPT TO":
                recipient = path
            elif verb.upper() == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                message = b""
                while not message.endswith(b"\r\n.\r\n"):
                    message += self.rfile.readline()
                for _ in range(20):
                    deliver(sender, recipient, message[:-3])
            self.wfile.write(b"250 ok\r\n")
class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
with Server(("127.0.0.1", 0), Relay) as server:
    print(server.server_address[1], flush=True)
    server.serve_forever()
PYTHON
}

probe_flood() { # LINES
    local sink
    sink=$(free_port)
    flood "$sink" "$1"
    "$AJAR" key new --no-password -o k.key >/dev/null
    timeout 60 "$AJAR" probe --json -k k.key --chain none -e flood.tar -w 3 --sink "127.0.0.1:$sink" \
        -p relay/third-party "127.0.0.1:$(cat port)" 127.0.0.1:9 | tee out
}

@test "a relay that floods the sink with mails of many lines can't make a bundle that nobody verifies" {
    probe_flood 4000
    jq -se '.[] | select(.verdict == "open") | .receipts | length >= 16' out
    "$AJAR" verify --all-parts -P k.pub flood.tar
    python3 -B "$BATS_TEST_DIRNAME/../evidence/verify.py" -P k.pub flood.tar
    tar -xOf flood.tar --wildcards '*/tree.txt' | grep -E '^parts [0-9]{5,}$'
}

@test "a relay whose mails have more lines than the sink takes is open by their beginnings, and the bundle verifies" {
    local case
    probe_flood 120000
    case=$(jq -r 'select(.verdict == "open") | .case' out)
    "$AJAR" verify --all-parts -P k.pub flood.tar
    python3 -B "$BATS_TEST_DIRNAME/../evidence/verify.py" -P k.pub flood.tar
    "$AJAR" replay flood.tar
    tar -xf flood.tar
    [ "$(wc -l <"flood/data/cases/$case/receipts/r-0.eml")" -eq 4096 ]
    [ "$(head -n 1 "flood/data/cases/$case/receipts/r-0.eml")" = \
        $'X-Ajar-Refused: 552 5.3.4 too many lines; this is its beginning\r' ]
    run "$AJAR" show flood.tar "$case"
    [[ $output =~ 'r-0.eml, '[0-9]+' bytes: mail from 127.0.0.1:'[0-9]+'; refused for its size: this is its beginning' ]]
}
