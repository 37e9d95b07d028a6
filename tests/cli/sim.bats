#!/usr/bin/env bats
# The whole matrix: every scenario of `ajar sim` against every probe (matrix.py); and what ajar sim says.

bats_require_minimum_version 1.5.0

setup() {
    AJAR=$(realpath "${AJAR:-$BATS_TEST_DIRNAME/../../build/ajar}")
    cd "$BATS_TEST_TMPDIR" || return 1
}

@test "every probe gets the right verdict of every scenario, nothing else is open, and every case is derived again" {
    python3 -B "$BATS_TEST_DIRNAME/matrix.py" "$AJAR" . 3>&-
}

@test "a scenario that there is not is named" {
    run --separate-stderr "$AJAR" sim no-such
    [ "$status" -eq 2 ]
    # shellcheck disable=SC2154 # bats sets it
    [[ $stderr == *'no scenario "no-such"'* ]]
}

@test "scenarios are chosen by id and glob, each once, and listed in one order always" {
    [ "$("$AJAR" sim --json list 'relay-o*' http-open relay-open | jq -r .id | grep -c '^relay-open$')" -eq 1 ]
    [ "$("$AJAR" sim --json list 'http-ope[n]' | jq -r .id)" = http-open ]
    "$AJAR" sim --json list >first
    for _ in 1 2 3; do "$AJAR" sim --json list | cmp - first; done
    jq -e '.expects | keys_unsorted == keys' first >/dev/null
}

@test "a scenario that expects something of a probe that there is not is named, with its script" {
    printf '%s\n' 'return sim.scenario { id = "mine", summary = "x", port = 2525,' \
        '    expects = { ["relay/thrid-party"] = "open" }, serve = function() end }' >mine.lua
    for words in "list mine.lua" "list relay-open mine.lua" "mine.lua"; do
        # shellcheck disable=SC2086
        run --separate-stderr "$AJAR" sim $words
        [ "$status" -eq 1 ]
        # shellcheck disable=SC2154
        [ "$stderr" = 'ajar sim: mine.lua: mine expects something of "relay/thrid-party", and there is no such probe; did you mean "relay/third-party"?' ]
    done
}

@test "a scenario may expect something of a probe of one's own, which is given" {
    printf '%s\n' 'return sim.scenario { id = "mine", summary = "x", port = 2525,' \
        '    expects = { ["relay/my-own"] = "open" }, serve = function() end }' >mine.lua
    printf '%s\n' 'return ajar.probe { id = "relay/my-own", kind = "relay", summary = "x", ports = { 25 },' \
        '    run = function() return ajar.closed("x") end }' >probe.lua
    run --separate-stderr "$AJAR" sim list mine.lua
    [ "$status" -eq 1 ]
    [[ $stderr == *"one of your own is given by --probe FILE.lua" ]]
    [ "$("$AJAR" sim -p probe.lua --json list mine.lua | jq -c .expects)" = '{"relay/my-own":"open"}' ]
}

@test "a client that hangs up is no error" {
    "$AJAR" sim --net 170 --for 2 relay-open http-open >out 2>err 3>&- &
    until [ "$(wc -l <out)" -eq 2 ]; do sleep 0.05; done
    python3 -c 'import socket
for at in ("127.0.170.2", 2525), ("127.0.170.9", 3128):
    socket.create_connection(at).close()'
    wait
    [ ! -s err ]
}

@test "a script of one's own is served" {
    printf '%s\n' 'return sim.scenario { id = "mine", summary = "x", port = 2525, expects = { relay = "closed" },' \
        '    serve = function(c) c:say("554 no") end }' >mine.lua
    run "$AJAR" sim --net 172 --for 0.2 mine.lua
    [ "$status" -eq 0 ]
    [[ $output == *" mine" ]]
    run "$AJAR" sim none.lua
    [ "$status" -eq 1 ]
}
