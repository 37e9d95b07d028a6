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
