#!/usr/bin/env bats
# ajar repl: lines that a person types are run on a target as those of a probe, and make a bundle that replays.
bats_require_minimum_version 1.5.0

load servers

setup() {
    stderr=''
    AJAR=$(realpath "${AJAR:-build/ajar}")
    TERMINAL=$(realpath "$BATS_TEST_DIRNAME/repl_terminal.py")
    cd "$BATS_TEST_TMPDIR" || return 1
    export HOME=$PWD
    SINK=127.0.0.1:$(free_port)
    start_server servers "$AJAR" sim --sink "$SINK" --net 98 --for 90 relay-open relay-closed </dev/null
    await_servers 2
}

teardown() { stop_server; }

# What stdin holds is typed, on that target.
typed() { # TARGET OPTION...
    run --separate-stderr timeout 60 "$AJAR" repl --sink "$SINK" --wait 3 "${@:2}" "$(target "$1")"
    echo "$output" "$stderr"
}

# A person at a terminal, who types the steps of stdin.
person() { # OPTION...
    run timeout 90 python3 -B "$TERMINAL" "$AJAR" repl --sink "$SINK" --wait 3 "$@"
    echo "$output"
}

key() { "$AJAR" key new --no-password -o k.key >key.out; }

@test "what a line gives is printed, and the dialogue is shown while it goes on" {
    typed relay-closed <<'LUA'
c = ajar.smtp.connect(target)
c:ehlo()
c:mail("")
1 + 1
"a\27[31m\r\n\0"
{ 1, 2, a = { b = true } }
x, y = pcall(error, "oh")
x == false and y
LUA
    [ "$status" -eq 0 ]
    [ "${lines[1]}" = "250 2.0.0 ok" ]
    [ "${lines[2]}" = 2 ]
    [ "${lines[3]}" = '"a\x1b[31m\r\n\x00"' ]
    [ "${lines[4]}" = "{ 1, 2, a = { b = true } }" ]
    [ "${lines[5]}" = '"oh"' ]
    [[ $stderr == *"→ MAIL FROM:<>"*"← 250 2.0.0 ok"* ]]
}

@test "the bundle's script is what was typed, and replays" {
    key
    typed relay-open -e s.tar -k k.key <<'LUA'
c = ajar.smtp.connect(target)
c:ehlo()
m = ajar.mailbox()
for _ = 1, 2 do
    c:command("NOOP")
end
c:mail("")
c:rcpt(m)
c:data(ajar.message { to = m })
ajar.await(m)
LUA
    [ "$status" -eq 0 ]
    [ "$(tail -n 1 <<<"$output" | jq -r '.probe + " " + .verdict')" = "relay/session open" ]
    run -0 --separate-stderr "$AJAR" replay s.tar
    [ "${lines[-1]}" = "1 derived again, 0 different" ]
    run -0 --separate-stderr "$AJAR" verify s.tar
    tar xOf s.tar --wildcards '*/data/packs/local/session.lua' >session.lua
    grep -q '^    c:command("NOOP")$' session.lua
    grep -q '^return (ajar.await(m)$' session.lua
    # It is a script like any other.
    run -0 --separate-stderr "$AJAR" run session.lua --sink "$SINK" --wait 3 "$(target relay-open)"
    [ "$(jq -r .verdict <<<"$output")" = open ]
}

# The sessions that were kept, the latest last.
kept() { ls -d "$PWD"/.local/state/ajar/sessions/*; }

@test "without a bundle's name the session is kept all the same: for its owner, to be looked at and replayed" {
    umask 022
    typed relay-closed <<'LUA'
c = ajar.smtp.connect(target)
c:command("NOOP kept")
LUA
    [ "$status" -eq 0 ]
    [ "$(kept | wc -l)" -eq 1 ]
    [[ $(kept) =~ /20[0-9-]{8}T[0-9-]{8}Z-127\.[0-9.]+-2525\.tar$ ]]
    [ "$(tail -n 1 <<<"$stderr")" = "ajar repl: kept $(kept): \`ajar show\` shows what was said, \`ajar replay\` says it again" ]
    [ "$(stat -c %a "$(kept)" .local/state/ajar/sessions | xargs)" = "600 700" ]
    "$AJAR" show "$(kept)" "$(jq -r .case <<<"${lines[-1]}")" >case.txt
    grep -q '→ NOOP kept' case.txt
    run -0 --separate-stderr "$AJAR" replay "$(kept)"
    [ "${lines[-1]}" = "1 derived again, 0 different" ]
    # No key of the operator's is asked for, and none is left behind.
    [ ! -e .config ]
}

@test "a kept session takes no other's place, and the oldest go when there are 50" {
    mkdir -p .local/state/ajar/sessions
    for i in {10..59}; do touch ".local/state/ajar/sessions/2026-01-01T00-00-${i}Z-192.0.2.1-25.tar"; done
    echo mine >.local/state/ajar/sessions/notes.tar
    for _ in 1 2; do
        typed relay-closed -q <<<'ajar.closed("no")'
        [ "$status" -eq 0 ]
        [[ $stderr != *kept* ]]
    done
    [ "$(kept | wc -l)" -eq 51 ]
    [ "$(kept | grep -c T00-00-)" -eq 48 ]
    kept | grep -q T00-00-12Z
    [ "$(cat .local/state/ajar/sessions/notes.tar)" = mine ]
    for one in $(kept | grep -v -e T00-00- -e notes); do "$AJAR" replay "$one"; done
}

@test "what can't be kept is not begun, and what says nothing is not kept" {
    run -1 --separate-stderr env -u HOME "$AJAR" repl --sink "$SINK" "$(target relay-closed)" <<<'ajar.closed("no")'
    [ "$stderr" = "ajar repl: the session can't be kept (--evidence BUNDLE names a place): there is no HOME to keep the session in" ]
    [ -z "$output" ]
    echo "a file" >.local
    run -1 --separate-stderr "$AJAR" repl --sink "$SINK" "$(target relay-closed)" <<<'ajar.closed("no")'
    [[ $stderr == "ajar repl: the session can't be kept (--evidence BUNDLE names a place): "*".local"* ]]
    rm .local
    run -1 --separate-stderr timeout 20 "$AJAR" repl 192.0.2.1:25 <<<'ajar.smtp.connect(target)'
    [ -z "$(ls .local/state/ajar/sessions)" ]
}

@test "an error shows where it came from, is no end, and says the same when it is replayed" {
    key
    typed relay-closed -e s.tar -k k.key <<'LUA'
c = ajar.smtp.connect(target)

function f() error("oh") end
f()
ok, problem = pcall(f)
c:command("NOOP")
ajar.note(problem)
c:nothing()
if c then
    c:rcpt("somebody@example.org")
end
"still here"
LUA
    [ "$status" -eq 0 ]
    [[ ${lines[0]} =~ ^session\.lua:[0-9]+:\ oh$ ]]
    [ "${lines[1]}" = "stack traceback:" ]
    [[ $output == *": attempt to call method 'nothing' (a nil value)"* ]]
    [[ $output == *"error: "*"own mailbox"* ]]
    [[ $output != *"scripts/lib/session.lua"* ]]
    [ "${lines[-2]}" = '"still here"' ]
    "$AJAR" replay s.tar
}

@test "a line that turns in circles, or takes all memory, is ended alone" {
    key
    typed relay-closed -e s.tar -k k.key <<'LUA'
c = ajar.smtp.connect(target)
while true do end
pcall(function() while true do end end)
s = "x" while true do s = s .. s end
s = nil
c:ehlo()
"still here"
LUA
    [ "$status" -eq 0 ]
    [ "$(grep -c "instruction budget spent" <<<"$output")" -ge 2 ]
    [ "${lines[-2]}" = '"still here"' ]
    "$AJAR" replay s.tar
}

@test "a line that ends its process ends the session, and what was said until then is sealed" {
    key
    typed relay-closed -e s.tar -k k.key <<'LUA'
c = ajar.smtp.connect(target)
c:ehlo()
c:command("NOOP before")
("a"):rep(60000):find((".-"):rep(8) .. "b")
LUA
    "$AJAR" show s.tar "$("$AJAR" show s.tar | awk '/^c-/ { print $1 }')" >case.txt
    cat case.txt
    grep -q '→ NOOP before' case.txt
    "$AJAR" verify s.tar
    "$AJAR" replay s.tar >replayed
    grep -q 'not derived: its process was ended' replayed
}

@test "one that waits is ended by --timeout, and what it waited for has failed" {
    key
    typed relay-closed --timeout 1 --wait 0 -e s.tar -k k.key <<'LUA'
c = ajar.smtp.connect(target)
ajar.sleep(1000)
c:command("NOOP")
LUA
    [ "$status" -eq 0 ]
    [[ $stderr == *"the line's time is up (--timeout)"* ]]
    [ "${lines[-2]}" = "250 2.0.0 ok" ]
    "$AJAR" replay s.tar
}

@test "what is no Lua is said to be none, and nothing of it is run or kept" {
    key
    typed relay-closed -e s.tar -k k.key <<'LUA'
c = = 1
return ...
end) ajar.note("outside") session:line(function()
for i = 1, 3 do
LUA
    [ "$status" -eq 0 ]
    [[ $stderr == *"session.lua:"*": unexpected symbol near '='"* ]]
    [[ $stderr == *"cannot use '...' outside a vararg function"* ]]
    [[ $stderr == *"what was typed last is not finished, and was not run"* ]]
    tar xOf s.tar --wildcards '*/data/packs/local/session.lua' >session.lua
    run ! grep -q outside session.lua
    [[ $output != *'"verdict":"error"'* ]]
}

@test "a proxy's session is a proxy probe's" {
    typed relay-closed -p proxy <<'LUA'
ajar.closed("it is none")
LUA
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = "closed: it is none" ]
    [ "$(tail -n 1 <<<"$output" | jq -r '.probe + " " + .verdict')" = "proxy/session closed" ]
}

@test "what is outside the scope is not asked for anything" {
    run --separate-stderr timeout 20 "$AJAR" repl 192.0.2.1:25 <<<'ajar.smtp.connect(target)'
    [ "$status" -eq 1 ]
    [[ $output$stderr == *"outside the scope"* ]]
}

@test "wrong usage is said" {
    for words in "" "127.0.0.1:25 127.0.0.2:25" "127.0.0.0/24" "-p relay/stranger 127.0.0.1:25" "-i - 127.0.0.1:25"; do
        # shellcheck disable=SC2086
        run -2 --separate-stderr "$AJAR" repl $words </dev/null
        [ -z "$output" ]
    done
}

@test "SIGTERM ends the session, and what was done is sealed" {
    key
    mkfifo lines
    "$AJAR" repl --sink "$SINK" -e s.tar -k k.key "$(target relay-closed)" <lines >out 2>err 3>&- &
    pid=$!
    exec 5>lines
    echo 'c = ajar.smtp.connect(target)' >&5
    echo 'c:ehlo()' >&5
    for _ in {1..100}; do [ -s out ] && break; sleep 0.05; done
    kill -TERM "$pid"
    wait "$pid" || [ $? -eq 1 ]
    exec 5>&-
    "$AJAR" verify s.tar
    "$AJAR" replay s.tar
}

@test "at a terminal there are prompts, completion and history" {
    person "$(target relay-closed)" <<'STEPS'
("> ", "c = ajar.smtp.conn\t(target)\n")
("220 ", "")
("> ", "c:eh\t()\n")
("EHLO ", "")
("> ", "for i = 1, 2 do\n")
(">> ", "n = i\n")
(">> ", "end\n")
("> ", "\x10\x10\n")
("EHLO ", "")
("> ", "n + 40\n")
("42", "")
("> ", "unfinished = \x03")
("\r\n> ", "ajar.smtp.\t")
("refused", "\x03")
("\r\n> ", "\x04")
STEPS
    [ "$status" -eq 0 ]
    [[ $output == *"inconclusive"* ]]
    [ "$(stat -c %a .local/state/ajar/repl)" = 600 ]
    person "$(target relay-closed)" <<'STEPS'
("> ", "\x10")
("n + 40", "\x03")
("\r\n> ", "\x04")
STEPS
    [ "$status" -eq 0 ]
}

@test "at a terminal Ctrl-C ends the line that runs, and not the session" {
    person "$(target relay-closed)" <<'STEPS'
("> ", "c = ajar.smtp.connect(target)\n")
("220 ", "")
("> ", "ajar.sleep(1000)\n")
("sleep(1000)", "")
("\n", "\x03")
("what the line waits for is given up", "")
("> ", "c:command('NOOP')\n")
("250 2.0.0 ok", "")
("> ", "\x04")
STEPS
    [ "$status" -eq 0 ]
}
