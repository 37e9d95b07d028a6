#!/usr/bin/env bats
# What a stranger's script could try. One of ten probes that run in one process attacks, while the nine others wait for
# their server: it ends as what it says here, soon, and nothing else happens. The others finish, no memory is kept, no
# connection is made, no file.
#
# doc/architecture.md, section 9, says which of these is for which known way out.
bats_require_minimum_version 1.5.0

load servers
load probing

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    cd "$BATS_TEST_TMPDIR" || return 1
    PROBE='' stderr='' stderr_lines=()
}

teardown() {
    [ -z "$PROBE" ] || kill -KILL "$PROBE" 2>/dev/null || true
    stop_server
}

VICTIM=127.1.0.2
FILES="attack.lua err list out port seen"

# What a process holds now, and held at most, in MiB.
held() { awk -v name="Vm$2:" '$1 == name { print int($2 / 1024) }' "/proc/$1/status"; }

# The attack's result, once it is there; the others wait.
result() {
    for _ in $(seq 100); do
        jq -r "select(.target == \"$VICTIM\") | .verdict + \" \" + .reason" out >said
        [ ! -s said ] || break
        sleep 0.05
    done
    cat said
    rm said
}

# Runs the attack that stdin has as the body of a function of the target, from line 4 on; what came of it stands in $said.
attack() {
    serve hold
    hosts 10 >list
    {
        printf 'local probe = ajar.probe { id = "relay/attack", kind = "relay", ports = { 25 }, summary = "x" }\n'
        printf '\n'
        printf 'local function attack(target)\n%s\nend\n' "$(cat)"
        printf 'function probe.run(target)\n'
        printf 'if target.address == "%s" then return attack(target) end\n' "$VICTIM"
        printf 'return ajar.closed(ajar.smtp.connect(target).banner)\nend\nreturn probe\n'
    } >attack.lua
    start -p ./attack.lua -i list --workers 1 --wait 1
    CELL=$(children --as-cell)
    said=$(result)
    echo "$said"
    CELL_NOW=$(held "$CELL" RSS) WORKER_NOW=$(held "$(children --as-worker)" RSS)
    connections 9
    touch go
    finish
    rm go
    [ "$status" -eq 0 ]
    one_result_each 10
    [ "$(jq -r "select(.target != \"$VICTIM\") | .verdict + \" \" + .reason" out | sort | uniq -c | xargs)" = "9 closed 220 mx.example" ]
    [ "$(find . -type f -printf '%f\n' | sort | xargs)" = "$FILES" ]
}

# The attack costs its own result alone.
attack_alone() {
    attack
    [ "$(wc -l <seen)" -eq 9 ]
    run ! grep -q process err
    echo "memory: cell $CELL_NOW, worker $WORKER_NOW MiB"
    [ "$CELL_NOW" -lt 60 ]
    [ "$WORKER_NOW" -lt 60 ]
}


is() { # PATTERN
    # shellcheck disable=SC2053
    [[ $said == $1 ]] || { echo "said: $said"; return 1; }
}

# Out of memory, of its instructions, or of the processor time that its process may take without a wait: whichever is
# first.
ran_out() {
    [[ $said == "error "*"not enough memory"* || $said == "error "*"instruction budget spent"* ||
        $said == "error the process of this probe's pack turned in circles inside the script and was ended" ]]
    [ "$WORKER_NOW" -lt 60 ]
}

# Code that is no text ---------------------------------------------------------------------------------------

@test "bytecode is not loaded, wherever it comes from" {
    attack_alone <<'LUA'
return ajar.closed(tostring(load) .. tostring(loadstring) .. tostring(loadfile) .. tostring(dofile) .. tostring(string.dump))
LUA
    is "closed nilnilnilnilnil"
    printf '\x1bLJ\x02\x0a' >bytecode.lua
    run -1 --separate-stderr "$AJAR" probe --json -p ./bytecode.lua 127.0.0.1:9
    [[ $stderr == "ajar probe: ./bytecode.lua"*"attempt to load chunk with wrong mode"* ]]
}

@test "no library that reaches the system is there, nor one that leads to it" {
    attack_alone <<'LUA'
return ajar.closed(tostring(require) .. tostring(package) .. tostring(module) .. tostring(io) .. tostring(os)
    .. tostring(debug) .. tostring(ffi) .. tostring(jit) .. tostring(print) .. tostring(raw))
LUA
    is "closed nilnilnilnilnilnilnilnilnilnil"
}

@test "a script of 100 MB is not read" {
    { echo 'return {'; yes '{},' | head -c 100000000; echo '}'; } >big.lua
    run -1 --separate-stderr timeout 10 "$AJAR" probe --json -p ./big.lua 127.0.0.1:9
    [[ $stderr == "ajar probe: ./big.lua: "*"262144"* ]]
    [ "${#stderr_lines[@]}" -eq 1 ]
}

@test "source that is nested without end is refused, and nothing is probed" {
    { printf 'return '; printf '(%.0s' $(seq 60000); printf '1'; printf ')%.0s' $(seq 60000); } >nested.lua
    run -1 --separate-stderr timeout 10 "$AJAR" probe --json -p ./nested.lua 127.0.0.1:9
    [[ $stderr == "ajar probe: ./nested.lua"*"chunk has too many syntax levels"* ]]
}

# Out of the sandbox -----------------------------------------------------------------------------------------

@test "the metatable of strings is out of reach, and their functions can't be changed" {
    attack_alone <<'LUA'
local meta = tostring(getmetatable) .. tostring((setmetatable and pcall(setmetatable, "", {})))
local change = tostring(pcall(function() string.rep = tostring end)) .. tostring(pcall(function() ("").rep = 1 end))
local field = tostring(pcall(setmetatable, string, {})) .. tostring(pcall(setmetatable, ajar, {}))
return ajar.closed(meta .. " " .. change .. " " .. field .. " " .. ("x"):rep(3))
LUA
    is "closed nilfalse falsefalse falsefalse xxx"
}

@test "nothing has a finaliser: no newproxy, and no __gc" {
    attack_alone <<'LUA'
return ajar.closed(tostring(newproxy) .. " " .. tostring(pcall(setmetatable, {}, { __gc = function() end })))
LUA
    is "closed nil false"
}

@test "no environment but its own: no getfenv, no setfenv, no _G, no raw access" {
    attack_alone <<'LUA'
return ajar.closed(tostring(getfenv) .. tostring(setfenv) .. tostring(_G) .. tostring(rawget) .. tostring(rawset)
    .. tostring(rawequal) .. tostring(collectgarbage) .. tostring(gcinfo))
LUA
    is "closed nilnilnilnilnilnilnilnil"
}

@test "what a script makes global no other script sees" {
    cat >spy.lua <<'LUA'
local probe = ajar.probe { id = "relay/spy", kind = "relay", ports = { 25 }, summary = "x" }
function probe.run(target)
    ajar.sleep(0.5)
    return ajar.closed(tostring(loot) .. " " .. tostring(tostring == 1) .. " " .. ("x"):upper())
end
return probe
LUA
    cat >thief.lua <<'LUA'
loot = "top"
local probe = ajar.probe { id = "relay/thief", kind = "relay", ports = { 25 }, summary = "x" }
function probe.run(target)
    loot = ajar.mailbox().token
    tostring = 1
    pcall(function() string.upper = function() return "changed" end end)
    return ajar.closed("taken")
end
return probe
LUA
    "$AJAR" probe --json -p ./thief.lua -p ./spy.lua 127.0.0.1:9 >out
    [ "$(jq -r .reason out | sort | xargs)" = "nil false X taken" ]
}

@test "what one script puts into a table that all have, by whatever function, no other reads" {
    cat >spy.lua <<'LUA'
local probe = ajar.probe { id = "relay/spy", kind = "relay", ports = { 25 }, summary = "x" }
function probe.run(target)
    ajar.sleep(0.5)
    local seen = {}
    for _, t in ipairs { ajar, ajar.smtp, string, table, math, bit } do
        for i = 1, 3 do seen[#seen + 1] = tostring(t[i]) end
    end
    return ajar.closed("seen " .. table.concat(seen):gsub("nil", ""))
end
return probe
LUA
    cat >thief.lua <<'LUA'
local probe = ajar.probe { id = "relay/thief", kind = "relay", ports = { 25 }, summary = "x" }
function probe.run(target)
    local loot, done = ajar.mailbox().token, {}
    for _, t in ipairs { ajar, ajar.smtp, string, table, math, bit } do
        for _, write in ipairs { table.insert, table.remove, table.sort, setmetatable } do
            done[#done + 1] = pcall(write, t, loot) or pcall(write, t, 1, loot) or nil
        end
    end
    local _, said = pcall(table.insert, string, loot)
    return ajar.closed(#done .. " written: " .. said)
end
return probe
LUA
    "$AJAR" probe --json -p ./thief.lua -p ./spy.lua 127.0.0.1:9 >out
    [ "$(jq -r .reason out | sort)" = "0 written: this table is the same for all scripts and can't be changed
seen " ]
}

@test "a value says nothing of where it lies in memory" {
    attack_alone <<'LUA'
local format = tostring(pcall(string.format, "%p", {})) .. string.format("%s", {}) .. string.format("%s", attack)
return ajar.closed(tostring({}) .. tostring(tostring) .. tostring(function() end) .. format)
LUA
    is "closed tablefunctionfunctionfalsetablefunction"
}

@test "unpack of two thousand million values is an error" {
    attack_alone <<'LUA'
local _, said = pcall(unpack, {}, -2 ^ 31, 2 ^ 31 - 1)
return ajar.closed(said)
LUA
    is "closed too many results to unpack"
}

# Memory -----------------------------------------------------------------------------------------------------

@test "a gigabyte by string.rep is refused" {
    attack_alone <<'LUA'
("x"):rep(1e9)
LUA
    is "error attack.lua:4: string.rep: the result would have over 1048576 bytes*"
}

@test "a text that doubles for ever ends when its memory does" {
    attack_alone <<'LUA'
local s = "x"
while true do s = s .. s end
LUA
    is "error *not enough memory*"
}

@test "a text that is put together of a million pieces ends when its memory does" {
    attack_alone <<'LUA'
local t = {}
for i = 1, 4000 do t[i] = ("x"):rep(1e6) end
return ajar.closed(#table.concat(t))
LUA
    is "error *not enough memory*"
}

@test "pcall around the memory error gains nothing" {
    attack <<'LUA'
while true do
    pcall(function()
        local s = "x"
        while true do s = s .. s end
    end)
end
LUA
    ran_out
}

@test "what a probe has held is given back when it ends" {
    attack_alone <<'LUA'
local t = {}
for i = 1, 200 do t[i] = ("x"):rep(1e6) .. i end
for i = 1, 5e5 do t[i] = { i } end
return ajar.closed("held " .. #t)
LUA
    is "closed held 500000"
}

@test "a flood of tables ends with its probe, or with the process, and the others are asked again" {
    attack <<'LUA'
local t = {}
for i = 1, 1e9 do t[i] = { tostring(i) } end
LUA
    ran_out
}

@test "recursion without end is an error, however often it is tried" {
    attack_alone <<'LUA'
local function deep(n) return 1 + deep(n + 1) end
while true do pcall(deep, 1) end
LUA
    is "error attack.lua:*: instruction budget spent: *"
}

@test "calls that nest by way of C functions are an error before the stack ends" {
    attack_alone <<'LUA'
local function deep() return (("x"):gsub("x", deep)) end
return ajar.closed(select(2, pcall(deep)))
LUA
    is "closed *nested too deeply*"
}

# Time -------------------------------------------------------------------------------------------------------

@test "one that never waits is out of its instructions" {
    attack_alone <<'LUA'
while true do end
LUA
    is "error attack.lua:4: instruction budget spent: *"
}

@test "the error of its budget is caught by no pcall, xpcall or metamethod" {
    attack_alone <<'LUA'
local function endless() while true do end end
local sly = setmetatable({}, { __index = endless, __call = endless, __tostring = endless })
while true do
    pcall(endless)
    xpcall(endless, endless)
    pcall(function() return sly.x end)
    pcall(tostring, sly)
end
LUA
    is "error attack.lua:*: instruction budget spent: *"
}

@test "there are no coroutines to hide from the budget in" {
    attack_alone <<'LUA'
return ajar.closed(tostring(coroutine) .. tostring(pcall(function() return coroutine.wrap end)))
LUA
    is "closed nilfalse"
}

@test "a pattern that would be matched for ever costs its process, and the others are asked again" {
    attack <<'LUA'
return ajar.closed(tostring(("a"):rep(60000):find((".-"):rep(8) .. "b")))
LUA
    is "error the process of this probe's pack turned in circles inside the script and was ended"
    grep -q "the process for attack.lua turned in circles inside the script and was ended and is replaced" err
}

@test "a pattern that is matched for ever while its script is loaded is ended within seconds, and the script is named" {
    printf 'return ("a"):rep(60000):find((".-"):rep(8) .. "b")\n' >bomb.lua
    script well <<<'return ajar.closed("well")'
    begun=$SECONDS
    run -1 --separate-stderr timeout 30 "$AJAR" probe --json -p ./well.lua -p ./bomb.lua 127.0.0.1:9
    [ "${stderr_lines[0]}" = "ajar probe: ./bomb.lua: the script ran over 1.1 seconds of processor time" ]
    [ "$output" = "" ]
    [ "$((SECONDS - begun))" -lt 8 ]
}

@test "a pattern that is too long, or has too much to repeat, is refused" {
    attack_alone <<'LUA'
local _, long = pcall(string.find, "x", ("x"):rep(129))
local _, many = pcall(string.find, "x", ("x-"):rep(9))
local _, text = pcall(string.find, ("x"):rep(65537), "x")
return ajar.closed(tostring(long == many and many == text) .. " " .. long)
LUA
    is "closed true *pattern matching is bounded: *"
}

# The network ------------------------------------------------------------------------------------------------

@test "one that wants 100,000 connections gets 4 at once" {
    serve
    script many <<'LUA'
    local open = {}
    for i = 1, 100000 do
        local ok, said = pcall(ajar.smtp.connect, target)
        if not ok then return ajar.closed(#open .. " and no more: " .. tostring(said)) end
        open[i] = said
    end
LUA
    "$AJAR" probe --json -p ./many.lua "127.0.0.1:$PORT" >out
    [ "$(jq -r .reason out)" = "4 and no more: error: a probe may have 4 connections at once and 200 in all" ]
    [ "$(wc -l <seen)" -eq 4 ]
}

@test "whatever it takes for its target, it reaches the address of its own alone" {
    serve
    script strays <<'LUA'
    local stranger = { address = "127.1.0.77", port = target.port, name = "stranger.example",
        address_literal = "[127.1.0.77]", args = {} }
    pcall(function() target.address, target.name = "127.1.0.77", "stranger.example" end)
    ajar.smtp.connect(target):quit()
    return ajar.closed(ajar.smtp.connect(stranger).banner)
LUA
    "$AJAR" key new --no-password -o k.key >/dev/null
    "$AJAR" probe --json -p ./strays.lua "127.1.0.2:$PORT" -k k.key -e run.tar >out
    [ "$(jq -r .reason out)" = "220 mx.example" ]
    tar -xf run.tar
    [ "$(jq -r 'select(.op == "open").to' run/data/cases/*/tape.jsonl | sort -u)" = "127.1.0.2:$PORT" ]
}

@test "a recipient that is not its own mailbox, or a line end in a command, does not leave the process" {
    serve
    script letter <<'LUA'
    local smtp = ajar.smtp.connect(target)
    smtp:ehlo()
    smtp:mail("")
    local tries = {
        { smtp.rcpt, smtp, "victim@elsewhere.example" },
        { smtp.rcpt, smtp, "<" .. ajar.mailbox().address .. ">,<victim@elsewhere.example>" },
        { smtp.rcpt, smtp, ajar.mailbox().address .. ">\r\nRCPT TO:<victim@elsewhere.example" },
        { smtp.command, smtp, "NOOP\r\nRCPT TO:<victim@elsewhere.example>" },
        { smtp.command, smtp, "NOOP\nRCPT TO:<victim@elsewhere.example>" },
        { smtp.mail, smtp, "a@b.example>\r\nRCPT TO:<victim@elsewhere.example" },
        { smtp.ehlo, smtp, "x\r\nRCPT TO:<victim@elsewhere.example>" },
        { ajar.message, { to = "victim@elsewhere.example" } },
    }
    local passed = {}
    for i, try in ipairs(tries) do
        if pcall(unpack(try)) then passed[#passed + 1] = i end
    end
    pcall(function() -- a message has no fields of the script's own
        smtp:data(ajar.message { to = ajar.mailbox(), subject = "x\r\nBcc: victim@elsewhere.example" })
    end)
    return ajar.closed("passed: " .. table.concat(passed, " "))
LUA
    "$AJAR" key new --no-password -o k.key >/dev/null
    "$AJAR" probe --json -p ./letter.lua "127.0.0.1:$PORT" -k k.key -e run.tar >out
    [ "$(jq -r .reason out)" = "passed: " ]
    tar -xf run.tar
    cat run/data/cases/*/tape.jsonl >tape
    run ! grep -E '"op":"send".*(victim|elsewhere)' tape
}

@test "the token of another probe is none of its own" {
    attack <<LUA
local token = "abcdefghijklmnopqrstuvwxyz234567"
local _, await = pcall(ajar.await, token)
local _, box = pcall(ajar.await, { token = token, address = token .. "@ajar.test" })
return ajar.closed(tostring(await) .. " | " .. tostring(box))
LUA
    is "closed *not a token* | *not a token*"
}

@test "nor is a real one, of another target's mailbox" {
    serve
    hosts 3 >list
    script steal <<'LUA'
    local first = taken
    taken = taken or ajar.mailbox()
    if not first then return ajar.closed("first") end
    local _, why = pcall(ajar.await, first)
    return ajar.closed(tostring(why))
LUA
    "$AJAR" probe --json -p ./steal.lua -i list --workers 1 --wait 1 >out
    [ "$(jq -r .reason out | grep -c '^first$')" -eq 1 ]
    [ "$(jq -r .reason out | grep -c 'not a token of this probe')" -eq 2 ]
}

# Hiding what it did -----------------------------------------------------------------------------------------

# A probe that talks, and then ends its process, at the targets 127.1.0.2 and 127.1.0.3.
@test "what a probe has sent is in evidence, though its process had to be ended" {
    serve
    hosts 4 >list
    script evade <<'LUA'
    local smtp = ajar.smtp.connect(target)
    smtp:ehlo()
    smtp:mail("")
    smtp:rcpt(ajar.mailbox())
    smtp:command("NOOP of " .. target.address)
    if target.address == "127.1.0.2" or target.address == "127.1.0.3" then
        return ajar.closed(tostring(("a"):rep(60000):find((".-"):rep(8) .. "b")))
    end
    return ajar.closed(smtp.banner)
LUA
    "$AJAR" key new --no-password -o k.key
    start -p ./evade.lua -i list --workers 1 --wait 1 -k k.key -e run.tar
    finish
    one_result_each 4
    [ "$(jq -r .verdict out | sort | uniq -c | xargs)" = "2 closed 2 error" ]
    for target in 127.1.0.2 127.1.0.3; do
        id=$(jq -r "select(.target == \"$target\").case" out)
        "$AJAR" show run.tar "$id" >case.txt
        for sent in 'EHLO probe.ajar.test' 'MAIL FROM:<>' 'RCPT TO:<' "NOOP of $target"; do
            grep -q "→ $sent" case.txt
        done
        grep -q 'Verdict: error: the process of this probe.s pack turned in circles inside the' case.txt
    done
    run -0 "$AJAR" verify run.tar
    [[ $output == *"case.json   4 of 4: what it says is what tape and receipts say"* ]]
    run -0 python3 -B "$BATS_TEST_DIRNAME/../evidence/verify.py" run.tar
    # The scripts of the two are not let loose again.
    run -0 --separate-stderr timeout 10 "$AJAR" replay run.tar
    [ "${lines[-1]}" = "2 derived again, 0 different, 2 not derived" ]
    [[ $output == *"$id  not derived: its process was ended (the process of this probe's pack turned in circles"* ]]
    [ "$("$AJAR" replay --json run.tar | jq -r .replay | sort | uniq -c | xargs)" = "2 not derived 2 same" ]
}

@test "a probe whose error says that its process was ended is replayed all the same" {
    serve
    script liar <<'LUA'
    ajar.smtp.connect(target):ehlo()
    error("the process of this probe's pack turned in circles inside the script and was ended", 0)
LUA
    "$AJAR" key new --no-password -o k.key
    "$AJAR" probe --json -p ./liar.lua "127.0.0.1:$PORT" --workers 1 --wait 1 -k k.key -e run.tar >out
    [ "$(jq -r .verdict out)" = error ]
    run -0 --separate-stderr "$AJAR" replay run.tar
    [ "${lines[-1]}" = "1 derived again, 0 different" ]
}

# The processes ----------------------------------------------------------------------------------------------

# Writes a frame of the kind and the bytes (in hexadecimal) into the descriptor 3 of a process, as if it had sent it: what
# code that has broken out of its VM could do there.
say_as() { # PID KIND HEX
    [ "$(id -u)" -eq 0 ] || skip "only root can speak for another process"
    python3 - "$@" <<'PYTHON'
import ctypes, os, socket, struct, sys
libc = ctypes.CDLL(None, use_errno=True)
pidfd = os.pidfd_open(int(sys.argv[1]))
fd = libc.syscall(438, pidfd, 3, 0)  # pidfd_getfd
if fd < 0:
    sys.exit(os.strerror(ctypes.get_errno()))
payload = bytes([int(sys.argv[2])]) + bytes.fromhex(sys.argv[3])
socket.socket(fileno=fd).sendall(struct.pack(">I", len(payload)) + payload)
PYTHON
}

# Ten probes that wait for their server, and somebody who speaks for one of the run's processes meanwhile.
ten_wait() {
    serve hold
    hosts 10 >list
    printf 'return ajar.closed(ajar.smtp.connect(target).banner)\n' | script held
    start -p ./held.lua -i list --workers 1 --wait 1
    connections 10
}

ten_are_done() {
    touch go
    finish
    one_result_each 10
    jq -r '.verdict + " " + .reason' out | sort | uniq -c
}

# The first job of a run: slot 0 in its first generation.
JOB=0000000100000000
IPC_CALL=18 IPC_END=20 IPC_DIAL=4 IPC_STOPS=25

@test "a cell that speaks garbage is ended, and its probes are tried once more" {
    ten_wait
    say_as "$(children --as-cell)" 255 "$(head -c 1000 /dev/urandom | xxd -p | tr -d '\n')"
    ten_are_done
    [ "$(jq -r .verdict out | sort | uniq -c | xargs)" = "10 closed" ]
    grep -q "the process for held.lua sent a message that can't be read and was ended and is replaced" err
    grep -q "no script that stays in its sandbox can make its process do that: read it before you run it again" err
}

@test "a cell that goes on before it has its answer is ended, and only the probe that it did it for pays" {
    ten_wait
    # FAR_NOTE: no connection, nothing consumed, no time, no line; "x".
    say_as "$(children --as-cell)" $IPC_CALL "${JOB}09000000000000000000000000000000000000000000000001$(printf x | xxd -p)"
    ten_are_done
    [ "$(jq -r .verdict out | sort | uniq -c | xargs)" = "9 closed 1 error" ]
    [ "$(jq -r 'select(.verdict == "error") | .target + " " + .reason' out)" = \
        "127.1.0.1 the process of this probe's pack asked for something more before it had its answer and was ended" ]
}

@test "a worker that asks for a stranger's address does not get it" {
    ten_wait
    worker=$(children --as-worker)
    for ip in 7f01004d c0000201; do # in the scope, and outside; connection 2, by TCP
        say_as "$worker" $IPC_DIAL "${JOB}00000002$(printf '04%04x' "$PORT")${ip}00000000000000000000000000"
    done
    sleep 0.5
    [ "$(wc -l <seen)" -eq 10 ]
    ten_are_done
    [ "$(jq -r .verdict out | sort | uniq -c | xargs)" = "10 closed" ]
    [ "$(wc -l <seen)" -eq 10 ]
}

@test "a cell that calls its probe open without a token has not proven anything" {
    ten_wait
    # IPC_END: open, "x", no steps, no proof.
    say_as "$(children --as-cell)" $IPC_END "${JOB}000000000178000000000000000000000000000000000000000000000000000000000000"
    ten_are_done
    [ "$(jq -r .verdict out | sort | uniq -c | xargs)" = "9 closed 1 error" ]
    [ "$(jq -r 'select(.verdict == "error").reason' out)" = "the probe said open, and the sink holds no receipt for its token" ]
}

@test "a worker that speaks garbage to the supervisor is ended and replaced, and all its probes are tried once more" {
    ten_wait
    say_as "$(children --as-worker)" 255 "$(head -c 1000 /dev/urandom | xxd -p | tr -d '\n')"
    ten_are_done
    [ "$(jq -r .verdict out | sort | uniq -c | xargs)" = "10 closed" ]
    grep -q "a worker sent a message that can't be read (kind 255, 1001 bytes) and is ended" err
}

@test "a sink that speaks garbage ends the run, and what waits is told as it is" {
    ten_wait
    say_as "$(children --as-sink)" 255 00
    touch go
    finish
    [ "$status" -eq 1 ]
    grep -q "the sink sent a message that can't be read (kind 255, 2 bytes) and is ended" err
}

@test "what the sink says last is told as one line without control characters" {
    ten_wait
    say_as "$(children --as-sink)" $IPC_STOPS "$(printf '\000\000\000\015a\033]0;x\007\n\nbcde' | xxd -p)"
    ten_are_done
    grep -q "the sink stops: a?\]0;x???bcde" err
    run ! grep -q $'\e' err
}
