#!/usr/bin/env bats
# Scripts that are not the built-in ones run in a process without sockets: what they do there is told as what they are, and
# whatever one of them does, all else comes to its end.
bats_require_minimum_version 1.5.0

load servers
load probing

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    cd "$BATS_TEST_TMPDIR" || return 1
    PROBE='' took=0
}

teardown() {
    [ -z "$PROBE" ] || kill -KILL "$PROBE" 2>/dev/null || true
    stop_server
}

# The verdicts of the built-in probe on so many hosts: nothing of what happened beside it has touched them.
built_in_is_done() { # TARGETS
    [ "$(jq -r 'select(.probe == "relay/third-party") | .verdict' out | sort | uniq -c | xargs)" = "$1 closed" ]
}

# All that the script said of one host.
of_script() { jq -r "select(.probe == \"relay/$1\") | .verdict + \" \" + .reason" out; }

# Runs a script whose body is stdin beside the built-in probe on ten hosts, and takes no longer than a few seconds.
beside() { # NAME
    serve
    hosts 10 >list
    script "$1"
    timeout --kill-after=5 60 "$AJAR" probe --json -p "./$1.lua" -p relay/third-party -i list --workers 1 --wait 1 >out 2>err
    cat err
    one_result_each_probe 10
    built_in_is_done 10
}

one_result_each_probe() { # TARGETS
    [ "$(jq -r '.target + .probe' out | sort | uniq -c | awk '$1 == 1' | wc -l)" -eq "$(($1 * 2))" ]
}

# What it is -----------------------------------------------------------------------------------------------

@test "its process has a channel to its worker, and can't get another descriptor, gain rights or make a process" {
    serve 20
    script idle <<'LUA'
    return ajar.closed(ajar.smtp.connect(target).banner)
LUA
    start -p ./idle.lua "127.0.0.1:$PORT" --workers 1
    connections 1
    pid=$(children --as-cell)
    [ "$(sed -n 's/^Seccomp:\t//p' "/proc/$pid/status")" = 2 ]
    [ "$(sed -n 's/^NoNewPrivs:\t//p' "/proc/$pid/status")" = 1 ]
    [ "$(sed -n 's/^Cap[PE][rf][mf]:\t//p' "/proc/$pid/status" | sort -u)" = 0000000000000000 ]
    [ "$(awk '/^Max processes/ { print $4 } /^Max open files/ { print $5 } /^Max file size/ { print $5 }' \
        "/proc/$pid/limits" | xargs)" = "0 0 0" ]
    ls "/proc/$pid/fd" >/dev/null 2>&1 || skip "only root sees the descriptors"
    find "/proc/$pid/fd" -type l -printf '%f %l\n' >files
    cat files
    [ "$(grep '^[012] ' files | sort | xargs)" = "0 /dev/null 1 /dev/null 2 /dev/null" ]
    grep -v '^[012] ' files >others
    [ "$(grep -c ' socket:' others)" -eq 1 ]
    run ! grep -vE ' (socket:\[|anon_inode:\[(eventpoll|timerfd|eventfd)\]$|pipe:)' others
}

@test "the built-in probes need no such process" {
    serve 20
    start -p relay/third-party "127.0.0.1:$PORT" --workers 1
    [ "$(children --as-cell | wc -l)" -eq 0 ]
}

@test "a built-in script that is given as a file says what the built-in one says, byte for byte" {
    SINK=127.0.0.1:$(free_port)
    start_server servers "$AJAR" sim --sink "$SINK" --net 97 --for 60 relay-open relay-closed relay-swallowing </dev/null
    await_servers 3
    sed 's,"relay/third-party","relay/own",' "$BATS_TEST_DIRNAME/../../scripts/relay/third-party.lua" >own.lua
    "$AJAR" key new --no-password -o k.key
    awk '{ print $1 }' servers >list
    "$AJAR" probe --json -p relay/third-party -p ./own.lua --sink "$SINK" --wait 3 -k k.key -e run.tar -i list >out
    [ "$(jq -r '.target + " " + .verdict' out | sort | uniq -c | awk '{ print $1 }' | sort -u)" = 2 ]
    run -0 "$AJAR" replay run.tar
    [[ $output == *"6 derived again, 0 different"* ]]
    # The tapes: the same operations, with the same bytes but for tokens and times.
    tar -xf run.tar
    plain() { jq -c 'select(.op) | [.op, .c, ((.data // "") | gsub("[a-z2-7]{32}"; "T") | gsub("[0-9]"; "0") | gsub("relay/own"; "relay/third-party"))]' "$1"; }
    while read -r target; do
        for probe in third-party own; do
            id=$(jq -r "select(.probe == \"relay/$probe\" and \"\(.target):\(.port)\" == \"$target\") | .case" out)
            plain run/data/cases/"$id"/tape.jsonl >"$probe.plain"
        done
        diff third-party.plain own.plain
    done <list
}

# What it does ----------------------------------------------------------------------------------------------

@test "one that turns in circles in a C function is ended within a second or two, and its other targets are done" {
    serve
    hosts 10 >list
    # Each call moves a million values, and is one instruction.
    script circles <<'LUA'
    if target.address ~= "127.1.0.5" then
        return ajar.closed(ajar.smtp.connect(target).banner)
    end
    local t = {}
    for i = 1, 1000000 do t[i] = i end
    while true do table.insert(t, 1, 0) end
LUA
    "$AJAR" key new --no-password -o k.key
    start -p ./circles.lua -i list --workers 1 -k k.key -e run.tar
    finish
    [ "$status" -eq 0 ]
    one_result_each 10
    [ "$(jq -r 'select(.verdict == "error") | .target + " " + .reason' out)" = \
        "127.1.0.5 the process of this probe's pack turned in circles inside the script and was ended" ]
    [ "$(jq -r .verdict out | sort | uniq -c | xargs)" = "9 closed 1 error" ]
    # Of the tenth there is nothing to replay, and its script is not let loose again.
    run -0 --separate-stderr timeout 10 "$AJAR" replay run.tar
    [ "${lines[10]}" = "9 derived again, 0 different, 1 with nothing to replay" ]
    [[ $output == *"$(jq -r 'select(.verdict == "error").case' out)  nothing to replay: the tape holds the verdict error alone (the process of this probe's pack turned in circles"* ]]
    [ "$("$AJAR" replay --json run.tar | jq -r .replay | sort | uniq -c | xargs)" = "1 nothing to replay 9 same" ]
}

@test "one that gets no processor time inside a script is not taken for one that turns in circles" {
    serve
    script long <<'LUA'
    local t = {}
    for i = 1, 1000000 do t[i] = i end
    for i = 1, 200 do table.insert(t, 1, 0) end
    return ajar.closed("came to its end")
LUA
    start -p ./long.lua "127.0.0.1:$PORT" --workers 1
    for _ in {1..500}; do [ -n "$(children --as-cell)" ] && break || sleep 0.02; done
    kill -STOP "$(children --as-cell)"
    sleep 4
    kill -CONT "$(children --as-cell)"
    finish
    [ "$status" -eq 0 ]
    [ "$(jq -r .reason out)" = "came to its end" ]
    run ! grep 'turned in circles' err
}

@test "a pattern that would be matched for ever ends its own probe" {
    beside bomb <<'LUA'
    local smtp = ajar.smtp.connect(target)
    if target.address == "127.1.0.3" then
        return ajar.closed(tostring(("a"):rep(60000):find((".-"):rep(8) .. "b")))
    end
    return ajar.closed(smtp.banner)
LUA
    [ "$(of_script bomb | sort | uniq -c | sed 's/^ *//')" = "9 closed 220 mx.example
1 error the process of this probe's pack turned in circles inside the script and was ended" ]
}

@test "one whose every run breaks its process costs its own results, and the process is not started for ever" {
    serve
    hosts 40 >list
    script bombs <<'LUA'
    return ajar.closed(tostring(("a"):rep(60000):find((".-"):rep(8) .. "b")))
LUA
    start -p ./bombs.lua -p relay/third-party -i list --workers 1 --wait 1
    finish
    [ "$status" -eq 0 ]
    one_result_each_probe 40
    built_in_is_done 40
    [ "$(jq -r 'select(.probe == "relay/bombs") | .verdict' out | sort | uniq -c | xargs)" = "40 error" ]
    grep -q "too often: it is not started anew" err
    jq -r .reason out | grep -qx "the process of this probe's pack has ended too often to be started anew"
}

@test "one that says more than any tape holds, without a wait, ends alone, and its process goes on" {
    serve
    hosts 40 >list
    script talker <<'LUA'
    local smtp = ajar.smtp.connect(target)
    if target.address == "127.1.0.2" or target.address == "127.1.0.9" then
        for _ = 1, 100000 do ajar.note("n") end
    end
    for _ = 1, 10 do smtp:ehlo() end
    return ajar.closed(smtp.banner)
LUA
    timeout --kill-after=5 60 "$AJAR" probe --json -p ./talker.lua -i list --workers 1 --wait 1 >out 2>err
    one_result_each 40
    [ "$(jq -r 'select(.verdict == "error") | .target + " " + .reason[:77]' out | sort)" = \
        "127.1.0.2 talker.lua:5: a probe may tell and ask for 32768 things without a wait (in sc
127.1.0.9 talker.lua:5: a probe may tell and ask for 32768 things without a wait (in sc" ]
    [ "$(jq -r .verdict out | sort | uniq -c | xargs)" = "38 closed 2 error" ]
    run ! grep -q 'process' err
}

@test "one that catches every failure and waits on ends with the run, at the first Ctrl-C" {
    serve
    hosts 30 >list
    script stubborn <<'LUA'
    local smtp = ajar.smtp.connect(target)
    while true do pcall(ajar.sleep, 100) end
LUA
    start -p ./stubborn.lua -i list --workers 1
    connections 30
    kill -INT "$SUPERVISOR"
    finish
    [ "$took" -lt 6000 ]
    one_result_each 30
    [ "$(jq -r '.verdict + " " + .reason' out | sort -u)" = \
        "error stubborn.lua:4: the script waits again and again, though the probe's time is up or the run was stopped" ]
}

@test "one that waits for nothing, again and again, ends before its time is up" {
    beside restless <<'LUA'
    while target.address == "127.1.0.2" do ajar.sleep(0) end
    return ajar.closed(ajar.smtp.connect(target).banner)
LUA
    [ "$(of_script restless | sort | uniq -c | sed 's/^ *//')" = "9 closed 220 mx.example
1 error restless.lua:3: the script waits more often than any probe has to" ]
}

@test "one that is killed from outside is replaced, and every target has one result" {
    serve hold
    hosts 30 >list
    script held <<'LUA'
    return ajar.closed(ajar.smtp.connect(target).banner)
LUA
    start -p ./held.lua -i list --workers 2
    connections 30
    kill -KILL "$(children --as-cell | head -n 1)"
    sleep 0.5
    touch go
    finish
    [ "$status" -eq 0 ]
    one_result_each 30
    [ "$(jq -r .verdict out | sort | uniq -c | xargs)" = "30 closed" ]
    grep -q "the process for held.lua was ended by signal 9 .* and is replaced" err
}

@test "probes whose process ended twice are given up, and what was said the second time is in evidence" {
    serve hold
    hosts 3 >list
    script held <<'LUA'
    return ajar.closed(ajar.smtp.connect(target).banner)
LUA
    "$AJAR" key new --no-password -o k.key
    start -p ./held.lua -i list --workers 1 -k k.key -e run.tar
    connections 3
    kill -KILL "$(children --as-cell)"
    connections 6
    kill -KILL "$(children --as-cell)"
    finish
    [ "$status" -eq 0 ]
    one_result_each 3
    [ "$(jq -r '.verdict + " " + .reason' out | sort -u)" = \
        "error the process of this probe's pack was ended by signal 9 (Killed), twice" ]
    "$AJAR" show run.tar "$(jq -r .case out | head -n 1)" >case.txt
    grep -q 'connected, from' case.txt
    run -0 "$AJAR" verify run.tar
    run -0 --separate-stderr "$AJAR" replay run.tar
    [ "${lines[-1]}" = "0 derived again, 0 different, 3 not derived" ]
}

@test "one that stands still is replaced, and its targets are tried once more" {
    serve hold
    hosts 10 >list
    script held <<'LUA'
    return ajar.closed(ajar.smtp.connect(target).banner)
LUA
    start -p ./held.lua -i list --workers 1
    connections 10
    kill -STOP "$(children --as-cell)"
    touch go
    finish
    [ "$status" -eq 0 ]
    [ "$took" -lt 30000 ]
    one_result_each 10
    [ "$(jq -r .verdict out | sort | uniq -c | xargs)" = "10 closed" ]
    grep -q "the process for held.lua stood still for ten seconds and was ended and is replaced" err
}

@test "of one that its process did not end, it is told when it began and how long it was at work" {
    serve
    script circles <<'LUA'
    local t = {}
    for i = 1, 1000000 do t[i] = i end
    while true do table.insert(t, 1, 0) end
LUA
    "$AJAR" key new --no-password -o k.key
    begun=$(date +%s%3N)
    start -p ./circles.lua "127.0.0.1:$PORT" --workers 1 -k k.key -e run.tar
    finish
    [ "$(jq -r .verdict out)" = error ]
    [ "$(jq .elapsed_ms out)" -ge 500 ]
    started=$(date -d "$(jq -r .started out)" +%s%3N)
    [ "$started" -ge "$begun" ]
    [ "$((started + $(jq .elapsed_ms out)))" -le "$(date +%s%3N)" ]
    run -0 "$AJAR" verify run.tar
    run -0 "$AJAR" replay run.tar
}

@test "with its worker it goes, and comes again" {
    serve hold
    hosts 10 >list
    script held <<'LUA'
    return ajar.closed(ajar.smtp.connect(target).banner)
LUA
    start -p ./held.lua -i list --workers 1
    connections 10
    before=$(children --as-cell)
    kill -KILL "$(children --as-worker)"
    connections 20
    touch go
    finish
    [ "$status" -eq 0 ]
    one_result_each 10
    [ "$(jq -r .verdict out | sort | uniq -c | xargs)" = "10 closed" ]
    run ! kill -0 "$before"
}

@test "one that never waits is out of its instructions" {
    beside busy <<'LUA'
    while true do end
LUA
    [[ "$(of_script busy | sort -u)" == "error busy.lua:"*": instruction budget spent: the script ran too long without waiting for anything" ]]
}

@test "one that catches the error of its budget, or hides from it in a coroutine that it can't have, is out of it all the same" {
    beside catcher <<'LUA'
    local function endless() while true do end end
    while true do pcall(endless) end
LUA
    [[ "$(of_script catcher | sort -u)" == "error catcher.lua:"*": instruction budget spent: "* ]]
}

@test "one whose error is a text of a million characters is told by its beginning, and where it was raised" {
    beside wordy <<'LUA'
    error(("x"):rep(1e6))
LUA
    of_script wordy | sort -u >said
    cat said
    [[ "$(cat said)" == "error wordy.lua:3: xxxxx"*"x… stack traceback: "*"wordy.lua:3: in function"* ]]
}

@test "one that takes all memory ends alone, and the memory comes back" {
    beside hungry <<'LUA'
    if target.address == "127.1.0.2" then
        local t = {}
        for i = 1, 1e9 do t[i] = { tostring(i) } end
    end
    return ajar.closed(ajar.smtp.connect(target).banner)
LUA
    [ "$(of_script hungry | grep -c '^closed 220 mx.example$')" -eq 9 ]
    of_script hungry | grep -qE '^error .*(not enough memory|instruction budget spent|turned in circles)'
}

# Runs a script whose body, stdin, is run for the first of two hosts, with another in the same process that wants 20 MB for
# itself, two seconds later.
with_neighbour() { # NAME
    serve
    hosts 2 >list
    cat >neighbour.lua <<'LUA'
local probe = ajar.probe { id = "relay/neighbour", kind = "relay", ports = { 25 }, summary = "x" }
function probe.run(target)
    local smtp, texts = ajar.smtp.connect(target), {}
    ajar.sleep(2)
    for i = 1, 20 do texts[i] = ("x"):rep(1e6) .. i end
    return ajar.closed(smtp.banner)
end
return probe
LUA
    { printf 'if target.address == "127.1.0.2" then return ajar.closed("left out") end\n'; cat; } | script "$1"
    start -p "./$1.lua" -p ./neighbour.lua -i list --workers 1
}

# The neighbour has its verdict, and the process that it ran in was replaced by one that holds little.
neighbour_is_well() { # NAME
    finish
    cat out err
    one_result_each_probe 2
    [ "$(of_script neighbour | sort | uniq -c | xargs)" = "2 closed 220 mx.example" ]
    [ "$(grep -c "the process for $1.lua, neighbour.lua was filled with what a script keeps and was ended and is replaced" err)" -eq 1 ]
}

@test "one that keeps all memory in a global ends alone: its process is replaced, and who was there beside it begins anew" {
    with_neighbour hoarder <<'LUA'
    kept = {}
    for i = 1, 1e7 do kept[i] = ("x"):rep(1e5) .. i end
LUA
    for _ in $(seq 100); do
        ! grep -q "is replaced" err || break
        sleep 0.1
    done
    sleep 0.3
    [ "$(awk '$1 == "VmRSS:" { print int($2 / 1024) }' "/proc/$(children --as-cell)/status")" -lt 60 ]
    neighbour_is_well hoarder
    of_script hoarder | grep -q "^error .*not enough memory"
}

@test "one that keeps nearly all memory and ends well takes it from nobody" {
    with_neighbour keeper <<'LUA'
    kept = {}
    for i = 1, 2550 do kept[i] = ("x"):rep(1e5) .. i end
    return ajar.closed("kept")
LUA
    neighbour_is_well keeper
    of_script keeper | grep -qx "closed kept"
}

@test "one that keeps nearly all memory and waits is blamed when another has none" {
    with_neighbour waiter <<'LUA'
    kept = {}
    for i = 1, 2550 do kept[i] = ("x"):rep(1e5) .. i end
    ajar.sleep(30)
    return ajar.closed("kept")
LUA
    neighbour_is_well waiter
    of_script waiter | grep -qx "error the process of this probe's pack was filled with what a script keeps and was ended"
}

@test "one that keeps all memory in each of its runs does not have its process started for ever" {
    serve
    hosts 40 >list
    script hoards <<'LUA'
    kept = {}
    for i = 1, 1e7 do kept[i] = ("x"):rep(1e5) .. i end
LUA
    timeout --kill-after=5 120 "$AJAR" probe --json -p ./hoards.lua -p relay/third-party -i list --workers 1 --wait 1 >out 2>err
    one_result_each_probe 40
    built_in_is_done 40
    [ "$(of_script hoards | cut -d ' ' -f 1 | sort | uniq -c | xargs)" = "40 error" ]
    [ "$(grep -c "is replaced" err)" -le 20 ]
}

@test "one that doubles a text for ever, or nests without end, ends alone" {
    beside doubling <<'LUA'
    if target.address == "127.1.0.2" then
        local text = "x"
        while true do text = text .. text end
    elseif target.address == "127.1.0.3" then
        local function deep(n) return 1 + deep(n + 1) end
        deep(1)
    elseif target.address == "127.1.0.4" then
        ("x"):rep(1e9)
    end
    return ajar.closed(ajar.smtp.connect(target).banner)
LUA
    [ "$(of_script doubling | grep -c '^closed 220 mx.example$')" -eq 7 ]
    of_script doubling | grep -qE '^error .*(not enough memory|instruction budget spent)'
    of_script doubling | grep -q 'stack overflow'
    of_script doubling | grep -q 'the result would have over 1048576 bytes'
}

@test "one that wants 100,000 connections gets 200, one after the other" {
    beside many <<'LUA'
    local opened = 0
    for _ = 1, 100000 do
        local ok, said = pcall(ajar.smtp.connect, target)
        if not ok then
            return ajar.closed(opened .. " and no more: " .. tostring(said))
        end
        opened = opened + 1
        said:quit()
    end
LUA
    of_script many | grep -q '^closed 200 and no more: .*a probe may have 4 connections at once and 200 in all'
}

@test "one that names a recipient of its own choice, or puts a line end into a command, is refused" {
    beside stranger <<'LUA'
    local smtp = ajar.smtp.connect(target)
    smtp:ehlo()
    local ok, said = pcall(smtp.rcpt, smtp, "<somebody@elsewhere.example>")
    local also, told = pcall(smtp.command, smtp, "NOOP\r\nRCPT TO:<somebody@elsewhere.example>")
    return ajar.closed(tostring(ok) .. tostring(also) .. " " .. tostring(said) .. " | " .. tostring(told))
LUA
    [[ "$(of_script stranger | sort -u)" == "closed falsefalse "* ]]
}

@test "one that changes what scripts share, or looks for what others left there, finds nothing to change" {
    beside polluter <<'LUA'
    local seen = shared
    shared = target.address
    local tries = {
        pcall(function() ajar.closed = function() return ajar.suspect("changed") end end),
        pcall(function() string.rep = nil end),
        pcall(function() getmetatable("").__index = nil end),
        pcall(function() ajar.smtp.connect = nil end),
    }
    local changed = 0
    for _, ok in pairs(tries) do changed = changed + (ok == true and 1 or 0) end
    local there = 0
    for _, name in pairs({ "load", "loadstring", "dofile", "require", "package", "io", "os", "debug", "ffi", "jit",
        "newproxy", "getfenv", "setfenv", "rawset", "collectgarbage", "coroutine" }) do
        local ok, value = pcall(function() return _G and _G[name] end)
        there = there + (ok and value ~= nil and 1 or 0)
    end
    return ajar.closed(changed .. " changed, " .. there .. " there, seen " .. tostring(seen ~= nil and seen ~= target.address))
LUA
    of_script polluter | grep -q '^closed 0 changed, 0 there'
}
