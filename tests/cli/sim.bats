#!/usr/bin/env bats
# The whole matrix: every scenario of `ajar sim` against every probe that it says something about; and what
# a scenario says nothing about is never open.

bats_require_minimum_version 1.5.0

setup_file() {
    AJAR=$(realpath "${AJAR:-$BATS_TEST_DIRNAME/../../build/ajar}")
    export AJAR
    cd "$BATS_FILE_TMPDIR" || return 1
    sink=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    "$AJAR" sim --net 91 --for 60 --sink "127.0.0.1:$sink" >serving 3>&- &
    SIM=$!
    "$AJAR" sim --net 91 --json list >scenarios
    for _ in $(seq 100); do
        [ "$(wc -l <serving)" -eq "$(wc -l <scenarios)" ] && break
        sleep 0.1
    done
    jq -r .target scenarios >targets
    "$AJAR" probe --json --sink "127.0.0.1:$sink" --wait 3 --timeout 5 -p '*/*' -i targets >results
    kill "$SIM"
    jq -r '.target as $t | .expects | to_entries[] | "\($t) \(.key) \(.value)"' scenarios | sort >right
    jq -r '"\(.target):\(.port) \(.probe) \(.verdict)"' results | sort >seen
}

setup() {
    cd "$BATS_FILE_TMPDIR" || return 1
}

@test "each scenario gets the verdict that is right" {
    comm -23 right seen >wrong
    cat wrong
    [ -s right ] && [ ! -s wrong ]
}

@test "nothing is open that is not said to be" {
    grep ' open$' seen >open
    comm -13 right open >wrong
    cat wrong
    [ ! -s wrong ]
}

@test "each target and probe has exactly one result" {
    probes=$("$AJAR" probes --json | wc -l)
    [ "$(wc -l <results)" -eq $((probes * $(wc -l <targets))) ]
    [ "$(cut -d' ' -f1,2 seen | sort -u | wc -l)" -eq "$(wc -l <results)" ]
}

@test "a scenario that there is not is named" {
    run --separate-stderr "$AJAR" sim no-such
    [ "$status" -eq 2 ]
    # shellcheck disable=SC2154 # bats sets it
    [[ $stderr == *'no scenario "no-such"'* ]]
}
