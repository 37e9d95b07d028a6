#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031,SC2154 # bats sets status, output, lines, stderr
bats_require_minimum_version 1.5.0
# What one host is to bear of relay tests, over all probes and ports: test messages in a day, and time between sessions.

load servers

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    cd "$BATS_TEST_TMPDIR" || exit
    export HOME=$PWD
    unset AJAR_KEY_PASSWORD_FILE
    SINK=$(free_port)
    "$AJAR" key new --no-password -o k.key >/dev/null
}

teardown() { stop_server; }

ALL=(-p relay -p thorough)

# The bundle run.tar of these probes, and their results in run.json.
probe() {
    "$AJAR" probe --json -k k.key -e run.tar --wait 1 --sink "127.0.0.1:$SINK" "$@" >run.json
    jq -c '[.target, .port, .probe, .verdict, .reason]' run.json
}

# How many test messages all tapes together have sent.
sent() { tar -xOf run.tar --wildcards '*/tape.jsonl' | grep '"op":"send"' | grep -c 'X-Ajar-Token:'; }

@test "a host gets five test messages, whatever probes are asked, and what no message could prove is suspect" {
    start_simulators 190 relay-s1
    probe "${ALL[@]}" "$(target relay-s1)"
    [ "$(sent)" -le 5 ]
    [ "$(jq -r 'select(.verdict == "open").probe' run.json | head -1)" = relay/envelope ]
    [ "$(jq -r 'select(.probe == "relay/third-party") | .verdict + ": " + .reason' run.json)" = \
        "suspect: recipient accepted, and no message was sent to prove it: the host has had its test messages of a day (--messages N allows more)" ]
    "$AJAR" verify run.tar --all-parts
    "$AJAR" replay run.tar
    python3 -B "$BATS_TEST_DIRNAME/../evidence/verify.py" run.tar
    [ "$(tar -xOf run.tar --wildcards '*/data/run.json' | jq -c '.options | [.messages, .gap_ms]')" = "[5,2000]" ]
}

@test "each open there has been confirmed by a second message, though others wanted the last" {
    start_simulators 191 relay-s1 relay-first-only
    probe "${ALL[@]}" "$(target relay-s1)"
    [ "$(jq -c 'select(.verdict == "open") | [.steps[].say] | any(. == "a second message, of another shape, came back too: 2 deliveries of 2")' run.json | sort -u)" = true ]
    rm run.tar
    probe "${ALL[@]}" "$(target relay-first-only)"
    [ "$(jq -r .verdict run.json | sort -u | paste -sd ' ')" = "closed suspect" ]
}

@test "another port is the same host" {
    start_relays
    read -ra relays <ports
    probe -p relay/third-party -p relay/envelope "127.0.0.1:${relays[0]}" "127.0.0.1:${relays[4]}"
    [ "$(sent)" -eq 4 ]
    [ "$(jq -r .verdict run.json | sort | uniq -c | xargs)" = "2 open 2 suspect" ]
}

@test "how many it is is --messages, or what a probe may be told by --arg" {
    start_simulators 192 relay-s1
    probe "${ALL[@]}" --messages 100 "$(target relay-s1)"
    [ "$(sent)" -gt 5 ]
    [ "$(jq -r 'select(.probe == "relay/third-party").verdict' run.json)" = open ]
    rm run.tar
    probe "${ALL[@]}" --arg messages=20 "$(target relay-s1)"
    [ "$(sent)" -gt 5 ]
    rm run.tar
    probe "${ALL[@]}" --messages 0 "$(target relay-s1)"
    [ "$(sent)" -eq 0 ]
    [ "$(jq -r .verdict run.json | sort -u | paste -sd ' ')" = "closed suspect" ]
    "$AJAR" replay run.tar
    run --separate-stderr "$AJAR" probe --messages 1 127.0.0.1:25
    [ "$status" -eq 2 ]
    [[ $stderr == *"--messages: 0, or 2 and more: what comes back is confirmed by a second"* ]]
}

@test "what was refused or returned is not all that could be open, where the host gets no more" {
    start_simulators 193 relay-refuses-late
    probe -p relay/envelope --messages 2 "$(target relay-refuses-late)"
    [ "$(jq -r .verdict run.json)" = inconclusive ]
    [[ $(jq -r .reason run.json) == *" more were accepted, and no message was sent to prove it: the host has had its test messages of a day (--messages N allows more)" ]]
}

# Of all tapes: when each connection stood and when it was closed, in seconds; sorted.
sessions() {
    tar -xf run.tar
    for tape in run/data/cases/*/tape.jsonl; do
        jq -rs '(.[0].started | (.[:19] + "Z" | fromdate) + (.[20:26] | tonumber) / 1000000) as $start
            | .[1:][] | select(.op == "opened" or .op == "close") | "\($start + .t / 1000000) \(.op)"' "$tape"
    done | sort -n
}

@test "a session begins no sooner than --gap after the one before, of whatever probe" {
    start_simulators 194 relay-closed
    probe -p relay --gap 0.5 "$(target relay-closed)"
    sessions | tee when
    awk '$2 == "opened" && closed && $1 - closed < 0.499 { early = 1 } $2 == "close" { closed = $1 } END { exit early }' when
    [ "$(grep -c opened when)" -ge 4 ]
    "$AJAR" replay run.tar
}

@test "on loopback there is no gap unless it is asked for" {
    start_simulators 195 relay-closed
    started=$SECONDS
    probe -p relay "$(target relay-closed)"
    [ $((SECONDS - started)) -lt 6 ]
}
