#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031
# The units for systemd. No systemd runs here: its own tools look at them, and what they start is held to what they say by
# under_unit.py, which ends a process for each system call that the unit would refuse.
bats_require_minimum_version 1.5.0

load servers

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    TREE=$PWD
    UNITS=$PWD/packaging/systemd
    cd "$BATS_TEST_TMPDIR" || return 1
    command -v systemd-analyze >/dev/null || skip "no systemd-analyze"
}

teardown() {
    [ -z "${RUN:-}" ] || kill "$RUN" 2>/dev/null || true
    stop_server
}

can_confine() {
    [ "$(id -u)" -eq 0 ] || skip "only root can give up what root may"
    bwrap --ro-bind / / true 2>/dev/null || skip "no bubblewrap, or not allowed here"
}

exposure() { systemd-analyze security --offline=true "$UNITS/$1" | sed -n 's/.*exposure level for .*: \([0-9.]*\) .*/\1/p'; }

# As `systemctl start` would, in the background; its state in ./state, its words in out and err.
start_unit() { # UNIT INSTANCE VARIABLE=VALUE…
    chmod 755 .
    mkdir -p program
    cp "$AJAR" program/ajar
    chown -R nobody:nogroup state
    timeout --kill-after=5 90 python3 -B "$BATS_TEST_DIRNAME/under_unit.py" "$UNITS/$1" "$2" "$PWD/state" "$PWD/program/ajar" "${@:3}" \
        >out 2>err 3>&- &
    RUN=$!
}

# Until a word stands in a file.
await_word() { # WORD FILE
    for _ in {1..400}; do
        ! grep -q "$1" "$2" || return 0
        sleep 0.1
    done
    cat out err
    return 1
}

@test "systemd finds nothing wrong with them" {
    for unit in "$UNITS"/*@*; do
        name=$(basename "$unit")
        sed "s#/usr/bin/ajar#$AJAR#" "$unit" >"${name/@/@x}"
    done
    run systemd-analyze verify --man=no ./*@x.*
    echo "$output"
    [ "$status" -eq 0 ]
    [ -z "$output" ]
}

@test "it takes the lines of the document by which a key's password comes as a credential" {
    sed "s#/usr/bin/ajar#$AJAR#" "$UNITS/ajar-campaign@.service" >ajar-campaign@autumn.service
    mkdir ajar-campaign@autumn.service.d
    sed -n 's/^    \(\[Service\]\|LoadCredential.*\|Environment=AJAR_KEY_.*\)$/\1/p' "$TREE/doc/operations.md" \
        >ajar-campaign@autumn.service.d/override.conf
    [ "$(wc -l <ajar-campaign@autumn.service.d/override.conf)" -eq 3 ]
    SYSTEMD_UNIT_PATH=$PWD: run systemd-analyze verify --man=no ajar-campaign@autumn.service
    echo "$output"
    [ "$status" -eq 0 ]
    [ -z "$output" ]
}

@test "how exposed they are is what the document says" {
    for unit in ajar-campaign@.service ajar-deliver@.service; do
        grep -qF "| \`$unit\` | $(exposure "$unit") |" "$TREE/doc/operations.md" || { exposure "$unit"; false; }
    done
}

@test "the account and the folders are what systemd would make" {
    mkdir -p root/etc root/var/lib
    systemd-sysusers --root="$PWD/root" "$UNITS/sysusers.conf"
    systemd-tmpfiles --root="$PWD/root" --create "$UNITS/tmpfiles.conf" || [ "$(id -u)" -ne 0 ]
    grep -q '^ajar:.*:/var/lib/ajar:' root/etc/passwd
}

@test "the campaign's unit lets a campaign be run, with the sink at port 25, and ended" {
    can_confine
    mkdir state
    HOME=$PWD/state "$AJAR" key new --no-password >/dev/null
    start_server servers "$AJAR" sim --net 165 --for 90 --sink 127.0.165.250:25 relay-open relay-closed </dev/null
    await_servers 2
    cut -d ' ' -f 1 servers >list
    printf 'allow 127.0.0.0/8\n' >scope
    "$AJAR" campaign new -s scope state/autumn
    "$AJAR" campaign import state/autumn list
    start_unit ajar-campaign@.service autumn "AJAR_OPTIONS=--sink 127.0.165.250:25 -p relay/third-party --wait 3"
    await_word '"verdict":"open"' out
    await_word '"verdict":"closed"' out
    pkill -TERM -P "$(pgrep -P "$RUN")" # KillMode=mixed: the first process alone, which is bubblewrap's child
    status=0
    wait "$RUN" || status=$?
    RUN=
    cat err
    [ "$status" -eq 0 ]
    [ "$("$AJAR" campaign status --json state/autumn | jq -c '[.verdicts, .jobs.finished]')" = '[{"closed":1,"open":1},2]' ]
    "$AJAR" verify --public-key state/.config/ajar/ajar.pub state/autumn/evidence/*.tar
    run ! grep -q 'signal' err
}

@test "what the kernel says of its clock stands in the evidence of what the unit has run" {
    can_confine
    mkdir state
    HOME=$PWD/state "$AJAR" key new --no-password >/dev/null
    echo 127.0.165.251:9 >list
    printf 'allow 127.0.0.0/8\n' >scope
    "$AJAR" campaign new -s scope state/autumn
    "$AJAR" campaign import state/autumn list
    start_unit ajar-campaign@.service autumn "AJAR_OPTIONS=-p relay/third-party --attempts 1 --shift 1"
    for _ in {1..300}; do
        ! ls state/autumn/evidence/*.tar >/dev/null 2>&1 || break
        sleep 0.1
    done
    cat err
    tar -xOf state/autumn/evidence/*.tar --wildcards '*/data/run.json' >run.json
    jq -e '.vantage.clock.synchronised != null' run.json
}

@test "the unit for letters lets them be delivered" {
    can_confine
    mkdir -p state/letters/autumn
    printf '%s\r\n' "From: Project <project@example.org>" "To: abuse@d1.example" "Message-ID: <c-1@example.org>" \
        "Subject: An open server" "Date: Sat, 28 Nov 2026 02:00:00 +0000" "" "Dear owner" >state/letters/autumn/c-1.eml
    start_server port python3 -B "$BATS_TEST_DIRNAME/smarthost.py" --log log
    start_unit ajar-deliver@.service autumn "AJAR_OPTIONS=--smtp 127.0.0.1:$(cut -d' ' -f2 port) --tls none"
    status=0
    wait "$RUN" || status=$?
    RUN=
    cat out err
    [ "$status" -eq 0 ]
    [ "$("$AJAR" deliver --list --json state/letters/autumn | jq -r .state)" = sent ]
}
