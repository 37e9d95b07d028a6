#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031
# One rule for the exit status of all commands: 2 when what was typed can't be right, 1 when it could not be done.
bats_require_minimum_version 1.5.0

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    cd "$BATS_TEST_TMPDIR" || return 1
    mkdir folder
    echo 'no address' >bad-list
    printf 'ip,hostname\n192.0.2.1,"open\n' >bad.csv
    echo 'allow nonsense' >bad-scope
    echo '{' >bad.json
    echo 'return = 1' >bad.lua
    echo 'no bundle' >bad.tar
    export AJAR_KEY_PASSWORD_FILE=/dev/null HOME=$PWD
    stderr=''
}

# Each line of stdin: the status, then a command. Each says in one line that begins with its name what is wrong
# (and verify says on stdout that it did not verify).
each() {
    local wanted command failed=0
    while read -r wanted command; do
        # shellcheck disable=SC2086
        run --separate-stderr timeout 20 "$AJAR" $command
        if [ "$status" -ne "$wanted" ] || [[ $stderr != "ajar ${command%% *}: "* ]]; then
            echo "ajar $command: status $status, not $wanted; $stderr"
            failed=1
        fi
    done
    return "$failed"
}

@test "a file that is missing is a failure, whatever the command" {
    each <<'COMMANDS'
1 probe -i none
1 probe -p none.lua 127.0.0.1:9
1 probe --scope none --mail-domain example.org 127.0.0.1:9
1 probe --listings none 127.0.0.1:9
1 probe --contacts none 127.0.0.1:9
1 probe -e run.tar -k none 127.0.0.1:9
1 probe -e none/run.tar 127.0.0.1:9
1 show none
1 verify none
1 verify bad.tar --public-key none
1 replay none
1 extract none c-1 -o x.tar
1 redact none c-1 --hide x -o x.tar
1 view none -o x.html
1 notify none --print
1 notify bad.tar --print --profile none
1 notify bad.tar --print --contacts none
1 deliver none --list
1 deliver none --smtp 127.0.0.1:9
1 inbox none
1 lists --list dnsbl.dronebl.org -i none
1 lists --zones none
1 contact --own none 192.0.2.1
1 contact --bootstrap none 192.0.2.1
1 contact -i none
1 key show none
1 key show
1 key new --no-password -o none/key
1 sim none.lua
1 probes none.lua
COMMANDS
}

@test "a file that can't be read, or says what it must not, is a failure" {
    each <<'COMMANDS'
1 probe -i folder
1 notify bad.tar --out bad-list
1 probe -i bad-list
1 probe -i bad.csv
1 probe -p ./bad.lua 127.0.0.1:9
1 probe --scope bad-scope --mail-domain example.org 127.0.0.1:9
1 probe --listings bad.json 127.0.0.1:9
1 probe --contacts bad.json 127.0.0.1:9
1 probe -e run.tar -k bad.tar 127.0.0.1:9
1 show folder
1 show bad.tar
1 verify folder
1 verify bad.tar
1 replay folder
1 replay bad.tar
1 notify folder --print
1 notify bad.tar --print
1 notify bad.tar --print --profile bad.lua
1 notify bad.tar --print --contacts bad.json
1 lists --list dnsbl.dronebl.org -i bad-list
1 lists --zones bad.json
1 contact --services bad.json 192.0.2.1
1 contact --bootstrap bad.json 192.0.2.1
1 contact --certs bad.json 192.0.2.1
1 contact --own bad-list 192.0.2.1
1 contact -i bad-list
1 key show bad.tar
1 sim ./bad.lua
1 probes ./bad.lua
COMMANDS
}

@test "what was typed and can't be right is wrong usage" {
    each <<'COMMANDS'
2 probe
2 probe nonsense!
2 probe 127.0.0.1:0
2 probe -p relay/none 127.0.0.1:9
2 probe -p relay/envelope --arg none=1 127.0.0.1:9
2 probe -p relay/envelope --arg thorough=9 127.0.0.1:9
2 probe --wait x 127.0.0.1:9
2 probe --sink nonsense 127.0.0.1:9
2 probe --resolver nonsense 127.0.0.1:9
2 show
2 show bad.tar --lines x
2 verify
2 replay
2 notify bad.tar
2 notify bad.tar --print --lang x_
2 notify bad.tar --print --to nonsense
2 lists 192.0.2.1
2 lists --list none.test 192.0.2.1
2 lists --list dnsbl.dronebl.org nonsense
2 contact nonsense
2 contact --source none 192.0.2.1
2 contact --lang n 192.0.2.1
2 contact --proxy nonsense 192.0.2.1
2 contact --timeout x 192.0.2.1
2 key
2 key none
2 sim none
2 sim --net 999
2 probes relay/none
COMMANDS
}

# What the message must say, and a command.
says() {
    local wanted command failed=0
    while IFS='|' read -r command wanted; do
        # shellcheck disable=SC2086
        run --separate-stderr timeout 20 "$AJAR" $command
        if [[ $status -eq 0 || $stderr != *"$wanted"* ]]; then
            echo "ajar $command: status $status; $stderr"
            failed=1
        fi
    done
    return "$failed"
}

@test "a slip of the finger is met with what was probably meant" {
    says <<'COMMANDS'
prbe|did you mean 'ajar probe'?
version|did you mean 'ajar --version'?
probe --sope x|did you mean '--scope'?
probe -scope x|begins with two dashes: '--scope'
probe -p relay/third 127.0.0.1|did you mean "relay/third-party"?
probe -p third-party 127.0.0.1|did you mean "relay/third-party"?
probe -p proxi 127.0.0.1|did you mean "proxy"?
probes relay/envelop|did you mean "relay/envelope"?
sim relay-opne|did you mean "relay-open"?
sim list relay-opne|did you mean "relay-open"?
sim relay-open list|there is no scenario "list"
sim -p relay/sr list|did you mean "relay/srs"?
sim chek|there is no scenario "chek"
probe -p relay/srs,relay/envelope 127.0.0.1|several are named one by one, without commas (--probe A --probe B)
lists --list a.test,b.test 192.0.2.1|several are named one by one, without commas (--list A --list B)
sim relay-open,relay-closed|several are named apart, without commas
lists --list dnsbl.dronebl.og 192.0.2.1|did you mean dnsbl.dronebl.org?
probe 127.0.0.1 25|"25" is no target, but perhaps a port
probe 127.0.0.5/8|the network is 127.0.0.0/8
probe --mail-domain a_b 127.0.0.1|--mail-domain: "a_b" is no domain name
probe --helo a_b 127.0.0.1|--helo: "a_b" is no domain name
probe -i folder|folder: Is a directory
COMMANDS
}

@test "--help before a command is its help" {
    run -0 "$AJAR" --help show
    [[ $output == "Usage: ajar show"* ]]
}

@test "sim lists the scenarios of a script of one's own, and others that are named" {
    cat >mine.lua <<'LUA'
return sim.scenario { id = "relay-mine", port = 2525, summary = "Mine", expects = {}, serve = function() end }
LUA
    run --separate-stderr "$AJAR" sim list relay-open ./mine.lua
    echo "$status: $stderr"
    [ "$status" -eq 0 ]
    [[ $output == *relay-open*relay-mine* ]]
    [ "$("$AJAR" sim --json list ./mine.lua | jq -r .id)" = relay-mine ]
}

@test "a sink on a low port without the right to it is told what it takes" {
    stranger=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    [ "$(id -u)" -eq 0 ] || stranger=()
    "${stranger[@]}" "$AJAR" --version >/dev/null 2>&1 || skip "the program can't be run by others here"
    [ "$(cat /proc/sys/net/ipv4/ip_unprivileged_port_start)" -gt 77 ] || skip "low ports are everybody's here"
    run --separate-stderr "${stranger[@]}" "$AJAR" probe --sink 127.0.0.1:77 -p relay/srs 127.0.0.1:9
    echo "$status: $stderr"
    [ "$status" -eq 1 ]
    [[ $stderr == "ajar probe: the sink can't listen: 127.0.0.1:77: Permission denied; a port below 1024 takes root, or"* ]]
}

@test "too few descriptors are told before anything is sent" {
    ulimit -n 10
    run --separate-stderr "$AJAR" probe --workers 2 -p relay/srs 127.0.0.1:9
    [ "$status" -eq 1 ]
    [ -z "$output" ]
    [ "$stderr" = "ajar probe: this process may have 10 descriptors (ulimit -n), and 23 are needed at least with 2 workers (--workers)" ]
}

@test "when nobody reads the results any more, no more targets are taken" {
    seq -f '127.3.%g.0/24:9' 0 200 >list
    # shellcheck disable=SC2016
    run bash -c 'set -o pipefail; timeout 60 "$0" probe --json -p relay/srs -n 50 -i list | head -n 1' "$AJAR"
    echo "$status: $output"
    [ "$status" -eq 1 ]
    [[ $output == *"the results can't be written: no more targets are taken"* ]]
    tested=$(sed -n "s/^ajar probe: \([0-9]*\) tested in .*/\1/p" <<<"$output")
    [ "$tested" -lt 51456 ]
}

@test "a full disk is told, with the file's name" {
    [ "$(id -u)" -eq 0 ] || skip "only root mounts"
    mkdir small
    mount -t tmpfs -o size=64k none small 2>/dev/null || skip "no mounts here"
    "$AJAR" key new --no-password -o own.key 2>/dev/null >/dev/null
    run --separate-stderr "$AJAR" probe -p relay/srs -e small/run.tar -k own.key 127.0.0.1:9
    umount small
    echo "$status: $stderr"
    [ "$status" -eq 1 ]
    [[ $stderr == *"small/run.tar"*"No space left on device"* ]]
}
