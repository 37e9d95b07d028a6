#!/usr/bin/env bats
# ajar run: one script at a time, and its dialogue below the script's own lines.
bats_require_minimum_version 1.5.0

load servers

setup() {
    stderr='' stderr_lines=()
    AJAR=$(realpath "${AJAR:-build/ajar}")
    cd "$BATS_TEST_TMPDIR" || return 1
    SINK=127.0.0.1:$(free_port)
    start_server servers "$AJAR" sim --sink "$SINK" --net 96 --for 60 relay-open relay-closed </dev/null
    await_servers 2
    cat >mine.lua <<'LUA'
local probe = ajar.probe {
    id = "relay/mine", kind = "relay", ports = { 25, 2525 }, summary = "A stranger to a stranger",
}

function probe.run(target)
    local mailbox = ajar.mailbox()
    local smtp = ajar.smtp.connect(target)
    smtp:ehlo()
    local reply = smtp:mail("")
    if reply.ok then reply = smtp:rcpt(mailbox) end
    smtp:quit()
    return ajar.closed(reply)
end

return probe
LUA
}

teardown() { stop_server; }

# The rows below the script's line of this number.
below() { awk -v line="mine.lua:$1: " 'index($0, line) == 1 { on = 1; next } /^[^ ]/ { on = 0 } on' err; }

@test "it gives the result of ajar probe, and takes its options" {
    run -0 --separate-stderr "$AJAR" run mine.lua --sink "$SINK" "$(target relay-closed)"
    [ "$(jq -r '.probe + " " + .verdict + " " + .reason' <<<"$output")" = "relay/mine closed 554 5.7.1 Relay access denied" ]
    run -0 --separate-stderr "$AJAR" run --sink "$SINK" ./mine.lua "$(target relay-closed)" "$(target relay-open)"
    [ "${#lines[@]}" -eq 2 ]
}

@test "all that it says on stderr it says under its own name" {
    "$AJAR" key new --no-password -o k.key >/dev/null
    run -0 --separate-stderr "$AJAR" run mine.lua --sink "$SINK" -k k.key -e run.tar "$(target relay-closed)"
    [ "${#stderr_lines[@]}" -ge 3 ]
    run ! grep -v '^ajar run: ' <<<"$stderr"
    run -1 --separate-stderr "$AJAR" run mine.lua 192.0.2.1:25
    [[ "${stderr_lines[0]}" == "ajar run: 192.0.2.1:25 not tested: "* ]]
}

@test "with --trace each line of the script stands above what it said and heard" {
    "$AJAR" run --trace mine.lua --sink "$SINK" "$(target relay-closed)" >out 2>err
    grep -qx "$(target relay-closed) relay/mine" err
    grep -qxF 'mine.lua:10: if reply.ok then reply = smtp:rcpt(mailbox) end' err
    below 7 | grep -q '← 220 '
    below 8 | grep -q '→ EHLO '
    below 9 | grep -q '→ MAIL FROM:<>'
    below 10 | grep -q '→ RCPT TO:<'
    below 10 | grep -q '← 554 5.7.1 Relay access denied'
    below 11 | grep -q '→ QUIT'
    [ "$(jq -r .verdict out)" = closed ]
    run ! grep -q $'\x1b' err
}

@test "of a built-in probe too, and ajar probe has the same option" {
    "$AJAR" probe --trace --json -p relay/third-party --sink "$SINK" "$(target relay-closed)" >out 2>err
    grep -qE '^scripts/relay/third-party.lua:[0-9]+: ' err
    grep -q '← 554 5.7.1 Relay access denied' err
}

@test "it is shown while it goes on, not at its end" {
    cat >slow.lua <<'LUA'
local probe = ajar.probe { id = "relay/slow", kind = "relay", ports = { 25 }, summary = "x" }
function probe.run(target)
    local smtp = ajar.smtp.connect(target)
    ajar.sleep(20)
    return ajar.closed(smtp.banner)
end
return probe
LUA
    "$AJAR" run --trace slow.lua --sink "$SINK" "$(target relay-closed)" >out 2>err 3>&- &
    pid=$!
    for _ in $(seq 100); do
        grep -q '← 220' err && break
        sleep 0.05
    done
    grep -q '← 220' err
    [ ! -s out ]
    kill -INT "$pid"
    kill -INT "$pid"
    wait "$pid" || true
}

@test "what a server says reaches the terminal as text, whatever it is" {
    cat >banner.py <<'PYTHON'
import socket
server = socket.create_server(("127.0.0.1", 0))
print(server.getsockname()[1], flush=True)
while True:
    peer, _ = server.accept()
    peer.sendall(b"220 \x1b[2J\x1b]0;owned\x07 \xe2\x80\xae mx\r\n")
    peer.recv(1000)
    peer.sendall(b"554 no\r\n")
    peer.recv(1000)
    peer.close()
PYTHON
    stop_server
    start_server port python3 banner.py
    "$AJAR" run --trace mine.lua "127.0.0.1:$(cat port)" >out 2>err
    grep -qF '← 220 \x1b[2J\x1b]0;owned\x07' err
    run ! grep -qP '\x1b|\x07|\x{202e}' err
}

@test "an error of the script shows its file, line and calls, below the dialogue that led to it" {
    sed 's/return ajar.closed(reply)/return ajar.closed(reply.nothing.there)/' mine.lua >wrong.lua
    "$AJAR" run --trace wrong.lua --sink "$SINK" "$(target relay-closed)" >out 2>err
    grep -q '← 554 5.7.1 Relay access denied' err
    [[ "$(jq -r .reason out)" == "wrong.lua:12: attempt to index field 'nothing' (a nil value) "*"wrong.lua:12: in function"* ]]
}

@test "what is missing or too much is said in one line" {
    run -2 --separate-stderr "$AJAR" run
    [[ "${stderr_lines[0]}" == "ajar run: no script: name its file, then a target"* ]]
    run -2 --separate-stderr "$AJAR" run mine.lua
    [[ "${stderr_lines[0]}" == "ajar run: no target: "* ]]
    run -2 --separate-stderr "$AJAR" run -p relay/envelope mine.lua 127.0.0.1:1
    [[ "${stderr_lines[0]}" == "ajar run: --probe: the script to run is the first word"* ]]
    run -1 --separate-stderr "$AJAR" run missing.lua 127.0.0.1:1
    [[ $stderr == *"missing.lua"* ]]
    run -2 --separate-stderr "$AJAR" run relay/envelope 127.0.0.1:1
    [[ "${stderr_lines[0]}" == "ajar run: relay/envelope is no script"* ]]
}

@test "in the table an error of the script has its calls, one a line and its own alone, and the last rows of the dialogue" {
    sed 's/return ajar.closed(reply)/return ajar.closed(reply.nothing.there)/' mine.lua >wrong.lua
    run -0 --separate-stderr "$AJAR" run --table wrong.lua --sink "$SINK" "$(target relay-closed)"
    echo "$output"
    [[ "${lines[1]}" =~ ^error\ .*\ relay/mine\ +the\ script\ failed:$ ]]
    at=$(grep -nxF "  wrong.lua:12: attempt to index field 'nothing' (a nil value)" <<<"$output" | cut -d: -f1)
    [ "${lines[at]}" = "  stack traceback:" ]
    [[ "${lines[at + 1]}" == "    wrong.lua:12: in function "* ]]
    [ "${lines[at + 2]}" = "  the last rows of the dialogue:" ]
    [[ "${lines[*]:at+3:6}" == *"← 554 5.7.1 Relay access denied"*"→ QUIT"* ]]
    run ! grep -E '\[C\]|scripts/lib' <<<"$output"
}

@test "so has one whose process had to be ended: the last rows of the dialogue" {
    sed 's/return ajar.closed(reply)/return ajar.closed(tostring(("a"):rep(60000):find((".-"):rep(8) .. "b")))/' mine.lua >bomb.lua
    run -0 --separate-stderr "$AJAR" run --table bomb.lua --sink "$SINK" "$(target relay-closed)"
    echo "$output"
    at=$(grep -n "the process of this probe's pack turned in circles inside the script and was ended" <<<"$output" | cut -d: -f1)
    [ "${lines[at]}" = "  the last rows of the dialogue:" ]
    [[ "${lines[*]:at+1:6}" == *"← 554 5.7.1 Relay access denied"* ]]
}

@test "no row of a dialogue shares its line with the progress" {
    cat >terminal.py <<'PYTHON'
import pty, sys
def read(fd):
    import os
    return os.read(fd, 4096)
sys.exit(pty.spawn(sys.argv[1:], read) >> 8)
PYTHON
    sed -i 's/smtp:quit()/ajar.sleep(1) smtp:quit()/' mine.lua
    python3 terminal.py "$AJAR" run --trace mine.lua --sink "$SINK" "$(target relay-closed)" >both </dev/null
    grep -q 'in flight' both
    grep -q '→' both
    run ! grep -P '\d open[^\r,]' both # behind it nothing but its own erasure
}

@test "its help, and that of ajar repl, list what they take" {
    run ! grep -q -- --probe <("$AJAR" run --help)
    grep -q -- '-p, --probe KIND' <("$AJAR" repl --help)
    run ! grep -qE -- '--(input|arg|thorough|inflight|workers|trace)\b' <("$AJAR" repl --help)
    run -2 --separate-stderr "$AJAR" repl --inflight 3 127.0.0.1:1
    [[ "${stderr_lines[0]}" == "ajar repl: --inflight is not for "* ]]
}
