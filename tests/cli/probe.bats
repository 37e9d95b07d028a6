#!/usr/bin/env bats
# ajar probe: what is refused, what is said when something is wrong, and that every target gets exactly one
# result whatever happens to the processes that work on it.
bats_require_minimum_version 1.5.0

load servers
load probing

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    cd "$BATS_TEST_TMPDIR" || return 1
    stderr='' stderr_lines=() PROBE='' took=0
}

teardown() {
    [ -z "$PROBE" ] || kill -KILL "$PROBE" 2>/dev/null || true
    stop_server
}

# What is refused --------------------------------------------------------------------------------------

@test "targets outside the scope are refused as fast as they are read, at any --rate" {
    run --separate-stderr timeout 10 "$AJAR" probe --json -p relay/third-party --rate 1 198.18.0.0/18:25 198.18.0.0/18:587 \
        198.18.0.0/18:2525
    [ "${#lines[@]}" -eq 49152 ]
    [[ $stderr == *"49152 not tested: outside the scope, denied or opted out"* ]]
}

@test "a target outside the scope is refused in words, gets a record, and beside others is no failure" {
    run --separate-stderr "$AJAR" probe --json -p relay/third-party 198.51.100.1:25 127.0.0.1:9
    echo "$status: $output / $stderr"
    [ "$status" -eq 0 ]
    [[ $stderr == *198.51.100.1* && $stderr != *"nothing was tested"* ]]
    [ "$(jq -c 'select(.target == "198.51.100.1") | [.verdict, .case]' <<<"$output")" = '["error",null]' ]
    [[ $(jq -r 'select(.target == "198.51.100.1").reason' <<<"$output") == *198.51.100.1*scope* ]]
}

@test "where no target may be probed nothing was tested, and that is no success" {
    run --separate-stderr "$AJAR" probe --json -p relay/third-party 198.51.100.1:25 198.51.100.2:25
    echo "$status: $output / $stderr"
    [ "$status" -eq 1 ]
    [ "${#lines[@]}" -eq 2 ]
    [ "${stderr_lines[-1]}" = "ajar probe: nothing was tested: no target may be probed" ]
}

@test "where no chosen probe knows a port nothing was tested either; an empty list asks for nothing" {
    echo 'local p = ajar.probe { id = "relay/x", kind = "relay", ports = {}, summary = "x" }
        p.run = function() return ajar.closed("x") end return p' >x.lua
    run --separate-stderr "$AJAR" probe --json -p ./x.lua 127.0.0.1
    echo "$status: $output / $stderr"
    [ "$status" -eq 1 ]
    [ "${stderr_lines[-1]}" = "ajar probe: nothing was tested: no chosen probe knows a port; name it, as in ADDR:PORT" ]
    echo '# none today' >list
    run --separate-stderr "$AJAR" probe --json -i list
    [ "$status" -eq 0 ]
    [ "${stderr_lines[-1]}" = "ajar probe: there was nothing to probe: the lists are empty" ]
}

@test "a malformed target in a list is told by file and line, and nothing is probed" {
    printf '127.0.0.1:9\n# a remark\n\n300.1.2.3:25\n' >list
    run --separate-stderr "$AJAR" probe --json -p relay/third-party -i list
    echo "$status: $output / $stderr"
    [ "$status" -eq 1 ]
    [ -z "$output" ]
    [[ $stderr == "ajar probe: list:4: \"300.1.2.3:25\" is no target: "*"; nothing was probed" ]]
    [ "${#stderr_lines[@]}" -eq 1 ]
    printf '127.0.0.1:9\n300.1.2.3:25\n25\n' >list
    run --separate-stderr "$AJAR" probe --json -p relay/third-party -i list
    [[ ${stderr_lines[0]} == "ajar probe: list:2: "* && ${stderr_lines[1]} == "ajar probe: list:3: "* ]]
    [ "${stderr_lines[2]}" = "ajar probe: nothing was probed: correct the targets first" ]
}

@test "a malformed target on the command line gets one line" {
    run --separate-stderr "$AJAR" probe --json 300.1.2.3:25 127.0.0.1:9
    [ "$status" -eq 2 ]
    [ -z "$output" ]
    [[ $stderr == "ajar probe: \"300.1.2.3:25\" is no target: "*"; nothing was probed" ]]
    [ "${#stderr_lines[@]}" -eq 1 ]
}

@test "a network that no run comes to the end of is refused at once" {
    run --separate-stderr timeout 20 "$AJAR" probe --json ::/0
    [ "$status" -eq 2 ]
    [ -z "$output" ]
    [ "$stderr" = "ajar probe: \"::/0\" is no target: no run comes to the end of so many addresses; name networks of /96 or longer; nothing was probed" ]
}

# Sends an interrupt once the program listens for it, and says how it ended. SIGINT is bit 2 of what it catches.
interrupted_early() {
    timeout 60 "$AJAR" "$@" >out 2>err 3>&- &
    local timer=$! pid=
    until pid=$(pgrep -P "$timer") && (((0x$(awk '/^SigCgt/ { print $2 }' "/proc/$pid/status" || echo 0) & 2) != 0)); do
        sleep 0.01
    done
    "${BEFORE[@]}"
    kill -INT "$pid"
    status=0
    wait "$timer" || status=$?
}

@test "a large network is begun with at once, and Ctrl-C ends it" {
    BEFORE=(eval 'until [ -s out ]; do sleep 0.05; done')
    interrupted_early probe --json -p relay/third-party 127.0.0.0/8:9
    [ "$status" -eq 1 ]
    jq -es 'length > 0 and all(.verdict == "unreachable" or .verdict == "inconclusive")' out
    grep -q '^ajar probe: stopping: ' err
}

@test "Ctrl-C while the lists are gone through says that nothing was probed" {
    awk 'BEGIN { for (i = 0; i < 1500000; i++) printf "127.%d.%d.%d\n", i / 65536 + 1, i / 256 % 256, i % 256 }' >list
    BEFORE=(true)
    interrupted_early probe --json -i list
    cat err
    [ "$status" -eq 1 ]
    [ ! -s out ]
    [ "$(cat err)" = "ajar probe: stopped before anything was probed" ]
}

@test "in a pipe it is told as it comes, the others are probed, and the status says that one was not" {
    # shellcheck disable=SC2016
    run --separate-stderr bash -c 'printf "127.0.0.1:9\n300.1.2.3:25\n127.0.0.2:9\n" | "$0" probe --json -p relay/third-party -i -' "$AJAR"
    echo "$status: $output / $stderr"
    [ "$status" -eq 1 ]
    [ "${#lines[@]}" -eq 2 ]
    [[ $stderr == *"standard input:2: \"300.1.2.3:25\" is no target"* ]]
}

@test "a quotation mark that is not closed is told by line and column" {
    printf 'ip,port,hostname\n127.0.0.1,9,"mx\n' >suspects.csv
    run --separate-stderr "$AJAR" probe --json -p relay/third-party -i suspects.csv
    [ "$status" -eq 1 ]
    [[ ${stderr_lines[0]} == "ajar probe: suspects.csv:2: column 3 has a quotation mark (\") that is not closed on this line; nothing was probed" ]]
}

@test "a list that is something else is told in one line" {
    printf '192.0.2.1,25\n192.0.2.2,25\n' >plain.csv
    printf '\xff\xfe1\x002\x00' >utf16.txt
    echo 127.0.0.1:9 | gzip >list.gz
    for list in plain.csv utf16.txt list.gz; do
        run --separate-stderr "$AJAR" probe --json -p relay/third-party -i "$list"
        [ "$status" -eq 1 ]
        echo "$stderr"
        [[ ${stderr_lines[0]} == "ajar probe: $list:1: this "*"; nothing was probed" ]]
        [ "${#stderr_lines[@]}" -eq 1 ]
    done
}

@test "a list that is missing is told before anything is probed" {
    run --separate-stderr "$AJAR" probe --json -p relay/third-party -i none 127.0.0.1:9
    [ "$status" -eq 1 ]
    [ -z "$output" ]
    [[ $stderr == *"none: No such file or directory"*"nothing was probed"* ]]
}

@test "a list that can't be read is told" {
    run --separate-stderr "$AJAR" probe -p relay/third-party -i none
    [ "$status" -ne 0 ]
    [[ $stderr == *none*"No such file"* ]]
}

@test "an unknown probe is named" {
    run --separate-stderr "$AJAR" probe -p relay/none 127.0.0.1
    echo "$status: $stderr"
    [ "$status" -eq 2 ]
    [ -z "$output" ]
    [[ $stderr == *relay/none*"ajar probes"* ]]
}

@test "a sink's port that is in use is told in one line" {
    serve
    run --separate-stderr "$AJAR" probe --sink "127.0.0.1:$PORT" -p relay 127.0.0.1:9
    echo "$status: $stderr"
    [ "$status" -eq 1 ]
    [ -z "$output" ]
    [ "${#stderr_lines[@]}" -eq 1 ]
    [[ $stderr == *"127.0.0.1:$PORT"*"in use"* ]]
}

# Scripts of one's own --------------------------------------------------------------------------------

@test "a script is run by its path" {
    serve
    script mine <<'LUA'
    local smtp = ajar.smtp.connect(target)
    return ajar.closed(smtp.banner, "mine: " .. smtp.banner.text)
LUA
    run --separate-stderr "$AJAR" probe --json -p ./mine.lua "127.0.0.1:$PORT"
    echo "$status: $output / $stderr"
    [ "$status" -eq 0 ]
    [ "$(jq -r '.probe + ": " + .reason' <<<"$output")" = "relay/mine: mine: mx.example" ]
}

@test "an error in a script's text is told by file and line before anything is probed" {
    printf 'local probe = = 1\n' >broken.lua
    run --separate-stderr "$AJAR" probe --json -p ./broken.lua 127.0.0.1:9
    echo "$status: $stderr"
    [ "$status" -ne 0 ]
    [ -z "$output" ]
    [[ $stderr == *broken.lua:1:* ]]
}

@test "an error while a script runs is a verdict that names file and line" {
    script fails <<'LUA'
    local reply = nil
    return reply.code
LUA
    run --separate-stderr "$AJAR" probe --json -p ./fails.lua 127.0.0.1:9
    echo "$status: $output / $stderr"
    [ "$status" -eq 0 ]
    [ "$(jq -r .verdict <<<"$output")" = error ]
    [[ $(jq -r .reason <<<"$output") == *"fails.lua:4: attempt to index local 'reply'"* ]]
}

@test "a script without end costs its own verdict alone" {
    serve
    printf 'while true do end\n' | script endless
    run --separate-stderr "$AJAR" probe --json -p ./endless.lua -p relay/third-party "127.0.0.1:$PORT"
    echo "$status: $output / $stderr"
    [ "$status" -eq 0 ]
    [ "$(jq -r 'select(.probe == "relay/third-party").verdict' <<<"$output")" = closed ]
    [[ $(jq -r 'select(.probe == "relay/endless").reason' <<<"$output") == *"endless.lua:3: instruction budget spent"* ]]
}

@test "an error in the library names the script's own line first" {
    serve
    script dot <<'LUA'
    local smtp = ajar.smtp.connect(target)
    smtp.ehlo()
LUA
    script dots <<'LUA'
    local smtp = ajar.smtp.connect(target)
    smtp.mail("<>")
LUA
    script nothing <<'LUA'
    local smtp = ajar.smtp.connect(nil)
    return smtp.banner
LUA
    reason() { "$AJAR" probe --json -p "./$1.lua" "127.0.0.1:$PORT" 2>/dev/null | jq -r .reason; }
    [[ $(reason dot) == "dot.lua:4: attempt to index local 'self' (a nil value) (in scripts/lib/smtp.lua:"*"); a method is called with a colon, as in smtp:ehlo()"* ]]
    [[ $(reason dots) == "dots.lua:4: "*"a method is called with a colon"* ]]
    [[ $(reason nothing) == "nothing.lua:3: attempt to index local 'target' (a nil value) (in scripts/lib/smtp.lua:"* ]]
    [[ $(reason nothing) != *colon* ]]
}

@test "an error while a script is loaded is told in one line, without the calls" {
    printf 'local function f() error("no good") end\nf()\n' >loads.lua
    run --separate-stderr "$AJAR" probe --json -p ./loads.lua 127.0.0.1:9
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar probe: ./loads.lua:1: no good" ]
}

@test "a port that no probe is for is told, with what is done there" {
    run --separate-stderr "$AJAR" probe --json 127.0.0.1:12345 127.0.0.2:12345 127.0.0.1:25
    n=$("$AJAR" probes --json safe | wc -l)
    [ "${stderr_lines[0]}" = \
        "ajar probe: port 12345 belongs to no probe: all $n are tried there, one after the other; choose with --probe" ]
    [[ ${stderr_lines[1]} == *" tested in "* ]] # once, and not for a port that has its own
    run --separate-stderr "$AJAR" probe --json -p relay/srs 127.0.0.1:12345
    [[ $stderr != *"no probe"* ]]
}

@test "a run that takes long says twice a minute in a file how far it is" {
    echo 'local p = ajar.probe { id = "relay/x", kind = "relay", ports = {}, summary = "x" }
        p.run = function(t) if t.port == 9 then ajar.sleep(32) end return ajar.closed("x") end return p' >x.lua
    "$AJAR" probe --json -p ./x.lua 127.0.0.1:8 127.0.0.2:9 >out 2>err
    cat err
    [ "$(grep -c '^ajar probe: 1/2 done, 1 in flight, 0/s, 0 open' err)" -eq 1 ]
}

@test "no reason is cut in a pipe, and a terminal's whole width is used" {
    long="$(printf 'word%.0s ' {1..30})end"
    printf '%s\n' 'local p = ajar.probe { id = "relay/x", kind = "relay", ports = {}, summary = "x" }' \
        "p.run = function() return ajar.closed('$long') end return p" >x.lua
    run -0 --separate-stderr "$AJAR" probe --table -p ./x.lua 127.0.0.1:9
    [ "${lines[2]}" = "             $long" ] # 13 columns in
    for columns in 80 120 200; do
        command script -qec "stty cols $columns; '$AJAR' probe --table -p ./x.lua 127.0.0.1:9 2>err" /dev/null </dev/null >out
        tr -d '\r' <out | grep '^ *word' >row
        [ "$(LC_ALL=C.UTF-8 wc -L <row)" -eq $((columns < 166 ? columns : 166)) ]
    done
    "$AJAR" key new --no-password -o k.key >/dev/null 2>&1
    "$AJAR" probe -p ./x.lua -e run.tar -k k.key 127.0.0.1:9 >/dev/null 2>&1
    [[ $("$AJAR" show run.tar) == *" $long" ]]
}

# Many targets -----------------------------------------------------------------------------------------

@test "every line of the output is a JSON object" {
    serve
    hosts 100 >list
    run --separate-stderr "$AJAR" probe --json -p relay/third-party -i list 198.51.100.1:25 127.0.0.1:9
    [ "$status" -eq 0 ]
    echo "$output" >out
    jq -e 'select((.target | type) == "string" and (.port | type) == "number" and (.verdict | type) == "string"
           and (.reason | type) == "string" and (.steps | type) == "array")' out >/dev/null
    one_result_each 102
    [ "$(jq -r 'select(.verdict == "closed").reason' out | sort -u)" = "554 5.7.1 Relay access denied" ]
}

@test "the last line on stderr is the sum, when stdout is for a program" {
    serve
    run --separate-stderr "$AJAR" probe --json -p relay/third-party "127.0.0.1:$PORT" 127.0.0.2:9 198.51.100.1:25
    [ "$status" -eq 0 ]
    [[ ${stderr_lines[-1]} =~ ^"ajar probe: 2 tested in "[0-9.]+" s: 1 closed, 1 unreachable; 1 not tested: outside the scope, denied or opted out"$ ]]
    run --separate-stderr "$AJAR" probe --table -p relay/third-party "127.0.0.1:$PORT"
    [[ ${lines[-1]} == "1 tested in "*" s: 1 closed." ]]
    [ -z "$stderr" ]
}

@test "each address, port and probe is tested once, and what came again is counted" {
    serve
    printf '127.0.0.1:%s\n127.0.0.2:%s\n127.0.0.1:%s\n::ffff:127.0.0.2\n' "$PORT" "$PORT" "$PORT" >list
    printf '127.0.0.0/30:%s\n127.0.0.3:%s\n127.0.0.9:%s\n' "$PORT" "$PORT" "$PORT" >>list
    sed -i "s/^::ffff:127.0.0.2$/[::ffff:127.0.0.2]:$PORT/" list
    run --separate-stderr "$AJAR" probe --json -p relay/third-party -p relay/srs -i list "127.0.0.9:$PORT"
    echo "$status: $output / $stderr"
    [ "$status" -eq 0 ]
    # 127.0.0.0 to .3 and .9, by two probes; left out: .1 and .2 again, both again in the network, .3, .9.
    [ "$(jq -r '"\(.target) \(.probe)"' <<<"$output" | sort -u | wc -l)" -eq 10 ]
    [ "${#lines[@]}" -eq 10 ]
    [[ $stderr == *"; 6 targets left out: given more than once" ]]
}

@test "a target without a port does not repeat what one with a port has done, and the other way round" {
    serve
    script ports <<'LUA'
    return ajar.closed("asked")
LUA
    sed -i 's/ports = { 25 }/ports = { 25, 2525 }/' ports.lua
    ports() { "$AJAR" probe --json -p ./ports.lua "$@" 2>err | jq -r .port | sort -n | xargs; }
    [ "$(ports 127.0.0.1 127.0.0.1:25 127.0.0.1:26 127.0.0.1)" = "25 26 2525" ]
    grep -q '; 2 targets left out: given more than once$' err
    [ "$(ports 127.0.0.1:25 127.0.0.1)" = "25 2525" ]
    run ! grep -q 'left out' err
    [ "$(ports 127.0.0.1:25 127.0.0.1:2525 127.0.0.1)" = "25 2525" ]
    grep -q '; 1 target left out: given more than once$' err
}

@test "few descriptors: all targets are done all the same" {
    serve 0.1
    hosts 150 >list
    ulimit -n 70
    run --separate-stderr timeout 60 "$AJAR" probe --json -p relay/third-party -i list
    echo "$status: $stderr"
    [ "$status" -eq 0 ]
    echo "$output" >out
    one_result_each 150
    [ "$(jq -r .verdict out | sort | uniq -c | xargs)" = "150 closed" ]
}

# Ends as the program does that gets N descriptors at most, and no others than the first three.
with_descriptors() { # N ARGUMENT...
    python3 -c '
import resource, subprocess, sys
limit = int(sys.argv[1])
sys.exit(subprocess.run(sys.argv[2:], close_fds=True, stdin=subprocess.DEVNULL,
                        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))).returncode)' "$@"
}

@test "too few descriptors are told with the number that is needed, and with that number all is done" {
    serve
    hosts 12 >list
    "$AJAR" key new --no-password -o few.key >/dev/null
    for workers in 1 2 20; do
        given=(probe --json -p relay/third-party -p proxy/socks5 --wait 1 --workers "$workers" -i list)
        run --separate-stderr with_descriptors 16 "$AJAR" "${given[@]}"
        [ "$status" -eq 1 ]
        [[ $stderr =~ ^"ajar probe: this process may have 16 descriptors (ulimit -n), and "([0-9]+)" are needed at least with $workers worker" ]]
        least=${BASH_REMATCH[1]}
        rm -f few.tar
        run --separate-stderr with_descriptors "$least" "$AJAR" "${given[@]}" -e few.tar -k few.key
        echo "$least: $stderr"
        [ "$status" -eq 0 ]
        [ "${#lines[@]}" -eq 24 ]
        [[ $stderr != *datagrams* ]]
        run --separate-stderr with_descriptors $((least - 1)) "$AJAR" "${given[@]}"
        [ "$status" -eq 1 ]
        [[ $stderr == *"$least are needed at least"* ]]
    done
}

# The processes ----------------------------------------------------------------------------------------

@test "worker and sink can't gain rights, make system calls of their own choice, or hold a file" {
    serve 20
    start -p relay/third-party "127.0.0.1:$PORT" --workers 1
    [ "$(children --as-sink | wc -l)" -eq 1 ]
    for pid in $(children --as-worker) $(children --as-sink); do
        [ "$(sed -n 's/^Seccomp:\t//p' "/proc/$pid/status")" = 2 ]
        [ "$(sed -n 's/^NoNewPrivs:\t//p' "/proc/$pid/status")" = 1 ]
        [ "$(sed -n 's/^Cap[PE][rf][mf]:\t//p' "/proc/$pid/status" | sort -u)" = 0000000000000000 ]
        [ "$(awk '/^Max processes/ { print $4 } /^Max file size/ { print $5 }' "/proc/$pid/limits" | xargs)" = "0 0" ]
    done
    ls "/proc/$(children --as-worker)/fd" >/dev/null 2>&1 || skip "only root sees the descriptors"
    awk '$4 == "0A" { print "socket:[" $10 "]" }' /proc/net/tcp /proc/net/tcp6 >listening
    files() { find "/proc/$1/fd" -type l -printf '%f %l\n'; }
    files "$(children --as-worker)" >all-of-worker
    files "$(children --as-sink)" >all-of-sink
    cat all-of-worker all-of-sink
    # Nothing that it prints reaches the command's own stdout.
    for kind in worker sink; do
        [ "$(grep '^[012] ' all-of-$kind | sort | xargs)" = "0 /dev/null 1 /dev/null 2 /dev/null" ]
        grep -v '^[012] ' all-of-$kind >$kind
    done
    # Its channel, its pulse, its loop, and the one connection.
    run ! grep -vE ' (socket:\[|anon_inode:\[(eventpoll|timerfd|eventfd)\]$|pipe:|/memfd:ajar-pulse )' worker
    run ! grep -F -f listening worker
    run ! grep -vE ' (socket:\[|anon_inode:\[(eventpoll|timerfd|eventfd)\]$|pipe:)' sink
    [ "$(grep -cF -f listening sink)" -eq 1 ]
}

@test "a supervisor that stands still gets everything later: no worker is lost for having said too much" {
    serve
    hosts 120 >list
    script much <<'SCRIPT'
    local smtp = ajar.smtp.connect(target)
    ajar.sleep(3)
    for _ = 1, 45 do
        smtp:command("NOOP")
    end
    return ajar.closed("said 600 KB")
SCRIPT
    start -p ./much.lua -i list --workers 1 --inflight 120
    until [ "$(established)" -ge 120 ]; do sleep 0.05; done
    kill -STOP "$SUPERVISOR"
    sleep 5
    kill -CONT "$SUPERVISOR"
    finish
    [ "$status" -eq 0 ]
    one_result_each 120
    [ "$(jq -r .verdict out | sort | uniq -c | xargs)" = "120 closed" ]
    run ! grep replaced err
}

@test "a worker that is killed is replaced, and every target has one result" {
    serve hold
    hosts 60 >list
    start -p relay/third-party -i list --workers 2
    connections 60
    kill -KILL "$(children --as-worker | head -n 1)"
    touch go
    finish
    [ "$status" -eq 0 ]
    one_result_each 60
    [ "$(jq -r .verdict out | sort | uniq -c | xargs)" = "60 closed" ]
    grep -q 'a worker was ended by signal 9 .* and is replaced' err
}

# More than there are places for, so that who stands in line behind a host may have an earlier place than who is there.
@test "a worker that is killed loses no probe that stood in line behind another of its host" {
    serve 0.2
    hosts 120 >list
    start -p relay/third-party -p relay/envelope -p relay/normalise -p relay/srs -i list --workers 1 --inflight 20 \
        --timeout 20
    connections 250
    kill -KILL "$(children --as-worker)"
    finish
    [ "$status" -eq 0 ]
    [ "$(jq -r '"\(.target):\(.probe)"' out | sort -u | wc -l)" -eq 480 ]
    [ "$(jq -r .verdict out | sort | uniq -c | xargs)" = "480 closed" ]
    run ! grep "past its time" err
}

@test "a worker that is killed again and again costs what it worked on, and nothing else" {
    serve hold
    hosts 20 >list
    start -p relay/third-party -i list --workers 1
    # All of them in flight, then some of them once more.
    for seen in 20 21; do
        connections "$seen"
        kill -KILL "$(children --as-worker | head -n 1)"
    done
    touch go
    finish
    [ "$status" -eq 0 ]
    one_result_each 20
    [ "$(jq -r 'select(.verdict != "closed" and .verdict != "error")' out)" = "" ]
}

@test "a sink that is killed ends the run with a reason" {
    serve 5
    start -p relay/third-party "127.0.0.1:$PORT"
    kill -KILL "$(children --as-sink)"
    finish
    [ "$status" -eq 1 ]
    grep -q 'the sink was ended by signal 9' err
}

# Ctrl-C -----------------------------------------------------------------------------------------------

@test "Ctrl-C ends within seconds, and what was done is whole" {
    serve 30
    hosts 100 >list
    start -p relay/third-party -i list
    sleep 0.5
    kill -INT "$SUPERVISOR"
    finish
    [ "$took" -lt 3000 ]
    [ "$status" -le 1 ]
    jq -e . out >/dev/null
    [ -z "$(jq -r '"\(.target):\(.port)"' out | sort | uniq -d)" ]
    [ "$(jq -r .verdict out | sort -u)" = inconclusive ]
}

@test "a second Ctrl-C ends at once" {
    serve 30
    hosts 100 >list
    start -p relay/third-party -i list
    sleep 0.5
    kill -INT "$SUPERVISOR"
    sleep 0.4
    kill -INT "$SUPERVISOR"
    finish
    [ "$took" -lt 500 ]
    [ "$status" -eq 1 ]
    [ -z "$(cat out)" ] || jq -e . out >/dev/null
}

@test "a second interrupt right behind the first is its echo, as timeout(1) sends it: what is in flight is brought to an end" {
    serve 30
    start -p relay/third-party "127.0.0.1:$PORT"
    connections 1
    kill -INT "$SUPERVISOR"
    sleep 0.02
    kill -INT "$SUPERVISOR"
    finish
    [ "$status" -eq 1 ]
    [ "$(jq -r .verdict out)" = inconclusive ]
}

@test "a list may have semicolons between its columns, as spreadsheets write it" {
    printf 'hostname;ip;port\nno.test;127.0.0.1;1\n' >semicolons.csv
    run "$AJAR" probe --json -p relay/third-party -i semicolons.csv
    [ "$status" -eq 0 ]
    [[ $output == *'"target":"127.0.0.1","port":1,'*'"verdict":"unreachable"'* ]]
}

@test "a URL is no target, and the message says what is" {
    run "$AJAR" probe http://127.0.0.1:80/
    [ "$status" -eq 2 ]
    [[ $output == *'"http://127.0.0.1:80/" is no target but a URL: give its ADDR:PORT'* ]]
}

# Whether one of the processes still runs. Who waits for nobody any more is a zombie until some parent looks.
runs() {
    for pid; do
        ! grep -qs '^State:[[:space:]]*[^ZX]' "/proc/$pid/status" || return 0
    done
    return 1
}

@test "nothing is left behind when the supervisor is killed" {
    serve 30
    start -p relay/third-party "127.0.0.1:$PORT"
    mapfile -t left < <(children --as-)
    [ "${#left[@]}" -ge 2 ]
    kill -KILL "$SUPERVISOR"
    finish
    for _ in $(seq 50); do
        runs "${left[@]}" || return 0
        sleep 0.1
    done
    return 1
}
