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

# A scenario of one's own, of which this verdict is expected: it relays what it greylists at first.
second_try() { # VERDICT
    cat >mine.lua <<LUA
return sim.scenario {
    id = "second-try", summary = "Takes a recipient the second time he is named", port = 2525,
    expects = { ["relay/third-party"] = "$1" },
    serve = function(c, state)
        sim.mail_server(c, {
            rcpt = function(to)
                state[to] = (state[to] or 0) + 1
                return state[to] > 1 and "250 ok" or "451 4.7.1 come back in 1 second"
            end,
            message = sim.deliver,
        })
    end,
}
LUA
}

@test "what a scenario of one's own expects is held against what is found" {
    second_try open
    run -0 --separate-stderr "$AJAR" sim --net 142 check mine.lua
    [ "$output" = "1 scenario, 1 probe: 1 verdict, 0 not as expected" ]
    [ "$("$AJAR" sim --net 142 --json check mine.lua | jq -c '[.scenario, .probe, .expected, .verdict, .right]')" = \
        '["second-try","relay/third-party","open","open",true]' ]
    second_try closed
    run -1 --separate-stderr "$AJAR" sim --net 142 check mine.lua
    [[ ${lines[0]} == second-try*relay/third-party*"expected closed" ]]
    [ "${lines[1]}" = "    got open: token returned" ]
    [ "${lines[2]}" = "1 scenario, 1 probe: 1 verdict, 1 not as expected" ]
}

@test "a scenario's name goes with its target, and is a name" {
    run -0 --separate-stderr "$AJAR" sim --net 142 check relay-s7 -p relay/every-form # by that name alone
    [ "$output" = "1 scenario, 1 probe: 1 verdict, 0 not as expected" ]
    [ "$("$AJAR" sim --json list relay-s7 | jq -r .name)" = public.sim.test ]
    second_try open
    sed 's/expects = /name = "a,b", expects = /' mine.lua >wrong.lua
    run -1 --separate-stderr "$AJAR" sim list wrong.lua
    [[ $stderr == *"second-try: a name has letters a-z, digits, dots and hyphens"* ]]
}

@test "other probes can be chosen, which must find nothing open where nothing is said" {
    second_try open
    run -1 --separate-stderr "$AJAR" sim --net 143 check -p relay/third-party -p relay/envelope mine.lua
    [[ ${lines[0]} == second-try*relay/envelope*"expected nothing open" ]]
    [[ ${lines[-1]} == "1 scenario, 2 probes: 2 verdicts, 1 not as expected" ]]
    sed -i 's/expects = .*/expects = {},/' mine.lua
    run -2 --separate-stderr "$AJAR" sim --net 143 check mine.lua
    # shellcheck disable=SC2154
    [[ $stderr == *"no scenario expects anything of a probe"* ]]
}

@test "of a new probe's verdict nothing is compared where a scenario says nothing, and the sum says so" {
    cat >new.lua <<'LUA'
local probe = ajar.probe { id = "mine/new", kind = "relay", summary = "x", ports = { 2525 } }
function probe.run(target)
    local smtp = ajar.smtp.connect(target)
    smtp:ehlo()
    local box = ajar.mailbox()
    smtp:mail(box.bounce)
    smtp:rcpt(box)
    smtp:data(ajar.message { to = box })
    return ajar.await(box)
end
return probe
LUA
    run -0 --separate-stderr "$AJAR" sim --net 145 check -p ./new.lua relay-open
    [[ $output == *" 0 not as expected, 1 of which nothing is expected" ]]
    run -0 --separate-stderr "$AJAR" sim --net 145 --json check -p ./new.lua relay-open
    [ "$(jq -c 'select(.probe == "mine/new") | [.expected, .verdict, .right]' <<<"$output")" = '[null,"open",null]' ]
}

@test "what is wrong in a scenario is named" {
    second_try open
    sed 's/expects = /udpp = true, expects = /' mine.lua >wrong.lua
    run -1 --separate-stderr "$AJAR" sim list wrong.lua
    [[ $stderr == *"udpp is no field of a scenario"* ]]
    second_try clsed
    run -1 --separate-stderr "$AJAR" sim list mine.lua
    [[ $stderr == *'expects["relay/third-party"]: "clsed" is no verdict'* ]]
}

@test "scenarios that can't be served are no success" {
    second_try open
    "$AJAR" sim --net 144 --for 60 mine.lua >served 3>&- &
    until [ -s served ]; do sleep 0.05; done
    run -1 --separate-stderr timeout 20 "$AJAR" sim --net 144 check mine.lua
    kill %1
    [[ $stderr == *"Address already in use"*"the scenarios can't be served" ]]
}

@test "a client that hangs up is no error" {
    "$AJAR" sim --net 140 --for 2 relay-open http-open >out 2>err 3>&- &
    until [ "$(wc -l <out)" -eq 2 ]; do sleep 0.05; done
    python3 -c 'import socket
for at in ("127.0.140.2", 2525), ("127.0.140.9", 3128):
    socket.create_connection(at).close()'
    wait
    [ ! -s err ]
}

@test "a script of one's own is served" {
    printf '%s\n' 'return sim.scenario { id = "mine", summary = "x", port = 2525, expects = { relay = "closed" },' \
        '    serve = function(c) c:say("554 no") end }' >mine.lua
    run "$AJAR" sim --net 141 --for 0.2 mine.lua
    [ "$status" -eq 0 ]
    [[ $output == *" mine" ]]
    run "$AJAR" sim none.lua
    [ "$status" -eq 1 ]
}

@test "scenarios are served by a process that can make no socket, write no file and gain no rights" {
    "$AJAR" sim --net 91 --for 20 relay-open >served 3>&- &
    sim=$!
    for _ in $(seq 100); do [ -s served ] && break; sleep 0.1; done
    [ -s served ]
    pid=$(pgrep -P "$sim")
    [ "$(sed -n 's/^Seccomp:\t//p' "/proc/$pid/status")" = 2 ]
    [ "$(sed -n 's/^NoNewPrivs:\t//p' "/proc/$pid/status")" = 1 ]
    [ "$(sed -n 's/^Cap[PE][rf][mf]:\t//p' "/proc/$pid/status" | sort -u)" = 0000000000000000 ]
    [ "$(awk '/^Max processes/ { print $4 } /^Max file size/ { print $5 }' "/proc/$pid/limits" | xargs)" = "0 0" ]
    kill "$sim"
    wait "$sim"
}

@test "a script that does not end, takes all memory, or says what a terminal obeys, is one clear line" {
    while read -r script; do
        printf '%b\n' "$script" >mine.lua
        run --separate-stderr timeout 20 "$AJAR" sim list mine.lua
        [ "$status" -eq 1 ]
        [[ $stderr == 'ajar sim: mine.lua:'* ]]
        [ "$(wc -l <<<"$stderr")" -eq 1 ]
        [ -z "$(LC_ALL=C tr -d ' -~\n' <<<"$stderr")" ]
    done <<'END'
while true do end
local function f() return pcall(f) end while true do pcall(f) end
local t = {} for i = 1, 1e9 do t[i] = ("x"):rep(1e6) .. i end
error("\\27[2Jgone\\r\\n\\155")
return io.open("/etc/passwd")
END
}

@test "a script that keeps the processor while it is loaded is ended, and said to be one" {
    echo '("a"):rep(60000):find((".-"):rep(8) .. "b")' >mine.lua
    for words in list check "--for 20"; do
        # shellcheck disable=SC2086
        run --separate-stderr timeout 30 "$AJAR" sim $words mine.lua
        [ "$status" -eq 1 ]
        [[ $stderr == *"mine.lua:"*" the script ran over 1."*" seconds of processor time" ]]
    done
}

@test "what is wrong with scripts that are checked stands in lines that editors lead to, one for each" {
    echo 'local x = = 1' >one.lua
    printf '\nerror("oh")\n' >two.lua
    run --separate-stderr "$AJAR" sim check --json one.lua two.lua relay-open
    [ "$status" -eq 1 ]
    [ -z "$output" ]
    [ "$stderr" = "one.lua:1:1: unexpected symbol near '='
two.lua:2:1: oh" ]
    printf '%s\n' 'return sim.scenario { id = "mine", summary = "x", port = 2525, expects = { ["relay/third-party"] = "inconclusive" },' \
        '    serve = function(c)' '        c:say(nothing.there)' '    end }' >three.lua
    run --separate-stderr "$AJAR" sim check --net 93 -p relay/third-party three.lua
    grep -qx "three.lua:3:1: mine: attempt to index global 'nothing' (a nil value)" <<<"$stderr"
}

@test "when the process of the scenarios is killed, that is said" {
    "$AJAR" sim --net 92 --for 20 relay-open >served 2>said 3>&- &
    sim=$!
    for _ in $(seq 100); do [ -s served ] && break; sleep 0.1; done
    pkill -KILL -P "$sim"
    status=0
    wait "$sim" || status=$?
    [ "$status" -eq 1 ]
    [ "$(cat said)" = "ajar sim: the process of the scenarios was ended by signal 9 (Killed)" ]
}
