#!/usr/bin/env bats
# Ctrl-C: what is in flight is brought to an end, what was not begun is left, the output stays whole.
bats_require_minimum_version 1.5.0

load servers

setup() {
    AJAR=${AJAR:-build/ajar}
    cd "$BATS_TEST_TMPDIR" || return 1
    stderr=
    # A server that takes connections and says nothing; its port goes to the file "port".
    start_server port python3 - <<'PYTHON'
import socket, sys, time
listener = socket.create_server(("127.0.0.1", 0), backlog=64)
print(listener.getsockname()[1], flush=True)
time.sleep(30)
PYTHON
}

teardown() { stop_server; }

# Interrupts, after a second, the whole group of processes, as a terminal does.
interrupted() { timeout --preserve-status --kill-after=20 --signal=INT 1 "$@"; }

@test "one Ctrl-C ends what is in flight, and no process dies of it" {
    run --separate-stderr interrupted "$AJAR" probe -p '*' "127.0.0.1:$(cat port)"
    echo "$status: $stderr"
    [ "$status" -le 1 ]
    [[ $stderr == *"stopping:"* ]]
    [[ $stderr != *"ended by signal"* ]]
}

@test "what was cut short is a whole line of output" {
    interrupted "$AJAR" probe -p relay/third-party "127.0.0.1:$(cat port)" >out || [ $? -eq 1 ]
    [ "$(jq -r .verdict out)" = inconclusive ]
}
