#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031,SC2154 # bats sets status, output, lines, stderr
bats_require_minimum_version 1.5.0
# Mail that comes back when its probe is over: it counts as long as the run lasts.

load servers

setup_file() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    export AJAR HOME=$BATS_FILE_TMPDIR
    unset AJAR_KEY_PASSWORD_FILE
    cd "$BATS_FILE_TMPDIR" || exit
    "$AJAR" key new --no-password -o k.key
    cat >relays.lua <<'LUA'
-- A relay that delivers so many seconds after its client is gone, from its own address or another one.
local function relay(id, seconds, from)
    return sim.scenario { id = id, summary = "Relays late", port = 2525, expects = {}, serve = function(c)
        local queue = {}
        sim.mail_server(c, { message = function(...) queue[#queue + 1] = { ... } end })
        sim.sleep(seconds)
        for _, mail in ipairs(queue) do
            sim.deliver(mail[1], mail[2], mail[3], from and { from = from })
        end
    end }
end

-- A ticket desk that writes to everybody in the header, as late as that.
local desk = sim.scenario { id = "desk", summary = "Answers late", port = 2525, expects = {}, serve = function(c)
    local to
    sim.mail_server(c, { message = function(_, recipient) to = recipient end })
    sim.sleep(3)
    sim.deliver("<support@mail.sim.test>", to, "Subject: [Ticket#1] open relay test\r\nMessage-ID: <1@mail.sim.test>\r\n\r\nThanks.\r\n")
end }

-- Refuses, and takes its time: as long as it does the run lasts.
local slow = sim.scenario { id = "slow", summary = "Refuses late", port = 2525, expects = {}, serve = function(c)
    sim.sleep(7)
    c:say("554 5.7.1 no")
end }

-- A form on a web server that thanks at once and mails later.
local form = sim.scenario { id = "form", summary = "Mails late", port = 8080, expects = {}, serve = function(c)
    local method, path, head = sim.http_request(c)
    local body = method == "POST" and c:read(tonumber(head["content-length"])) or ""
    local function field(name)
        return body:match(name .. "=([^&]*)"):gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end)
    end
    local is_form = path == "/formmail.php"
    sim.http_answer(c, is_form and "200 OK" or "404 Not Found", "Thank you\n")
    if is_form then
        local to, text = field("recipient"), field("message")
        sim.sleep(3)
        sim.deliver("<www@web.sim.test>", "<" .. to .. ">", "Subject: a form\r\n\r\n" .. text)
    end
end }

return { relay("late", 3), relay("mirror", 3, "127.0.177.200"), relay("too-late", 12), desk, slow, form }
LUA
    start_late_servers 177
    "$AJAR" probe --json -k k.key -e run.tar --wait 1 -p relay/third-party --sink "127.0.0.1:$SINK" \
        --from 127.0.177.200 "$(target late)" "$(target mirror)" "$(target too-late)" "$(target desk)" "$(target slow)" >run.json
    stop_server
}

# Those relays at addresses with this third number; SINK is the port that they deliver to.
start_late_servers() { # NET
    SINK=$(free_port)
    start_server servers "$AJAR" sim --net "$1" --for 90 --sink "127.0.0.1:$SINK" "$BATS_FILE_TMPDIR/relays.lua" </dev/null
    await_servers 6
}

setup() {
    cd "$BATS_TEST_TMPDIR" || exit
    cp "$BATS_FILE_TMPDIR"/{run.tar,run.json,k.key,k.chain,servers} .
    late=$(result late | jq -r .case)
    token=$(result late | jq -r .proof)
}

teardown() { stop_server; }

# The line of the target ID.
result() { jq -c --arg at "$(target "$1" | sed 's/:.*//')" 'select(.target == $at)' run.json; }

# How many whole seconds behind its end the first receipt came to a case, by the times that it tells.
seconds_late() {
    jq -r 'def microseconds: (.[:19] + "Z" | fromdate) * 1000000 + (.[20:26] | tonumber);
        ((.receipts[0].at | microseconds) - (.started | microseconds) - .elapsed_ms * 1000) / 1000000 | floor'
}

alter() { python3 -B "$BATS_TEST_DIRNAME/alter.py" "$@"; }

@test "mail that comes after --wait, while the run lasts, makes the case open" {
    result late
    [ "$(result late | jq -r .verdict)" = open ]
    [ "$(result late | jq -r .reason)" = "token returned $(result late | seconds_late) s after the test had ended" ]
    [ "$(result late | jq -c .overruled)" = '{"verdict":"suspect","reason":"accepted, but nothing came back"}' ]
    [ "$(result late | jq -c '[.receipts[] | .kind, .token == "'"$token"'"]')" = '["mail",true]' ]
    [ "$(result late | jq -r '.exits[0]')" = "$(target late | sed 's/:.*//')" ]
}

@test "it is reported when the mail has come, and no later" {
    [ "$(jq -r .verdict run.json | sort -u | paste -sd ' ')" = "closed inconclusive open suspect" ]
    [ "$(jq -r .verdict run.json | sed 1,2d | paste -sd ' ')" = "closed suspect suspect" ]
}

@test "mail that comes late and from our own address proves nothing" {
    [ "$(result mirror | jq -r .verdict)" = inconclusive ]
    [[ $(result mirror | jq -r .reason) == "the token returned, but from our own address: "* ]]
    [ "$(result mirror | jq -r .overruled.verdict)" = suspect ]
}

@test "a late mail that is not the test's proves nothing, and is kept" {
    [ "$(result desk | jq -r '[.verdict, .reason] | join(": ")')" = "suspect: accepted, but nothing came back" ]
    [ "$(result desk | jq -c '[.overruled, .proof, [.receipts[].kind]]')" = '[null,null,["other"]]' ]
}

@test "mail that comes after the run's end changes nothing" {
    [ "$(result too-late | jq -r '[.verdict, .reason] | join(": ")')" = "suspect: accepted, but nothing came back" ]
    [ "$(result too-late | jq -c '[.overruled, .proof, .receipts]')" = '[null,null,null]' ]
}

@test "a run of one suspect does not wait for its mail" {
    start_late_servers 178
    "$AJAR" probe --json --wait 1 -p relay/third-party --sink "127.0.0.1:$SINK" "$(target late)" >run.json
    [ "$(result late | jq -r .verdict)" = suspect ]
}

@test "a form that has not mailed yet is not closed, and open when its mail comes" {
    start_late_servers 178
    "$AJAR" probe --json --wait 1 -k k.key -e forms.tar -p relay/web-form --sink "127.0.0.1:$SINK" "$(target form)" \
        "$(target slow)" >run.json
    result form
    [ "$(result form | jq -r .verdict)" = open ]
    [ "$(result form | jq -r '.overruled | .verdict + ": " + .reason')" = \
        "inconclusive: a page at a form's place says neither yes nor no, and no mail came in time" ]
    "$AJAR" replay forms.tar
}

@test "the receipt is in the bundle, which verifies and replays" {
    "$AJAR" verify run.tar --all-parts
    [ "$(tar -xOf run.tar --wildcards "*/$late/receipts/*.eml" | grep -ci "^X-Ajar-Rcpt-To: .*$token@")" -eq 1 ]
    run --separate-stderr "$AJAR" replay run.tar
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *"$late  the same verdicts: suspect, then open by a later receipt"* ]]
    [[ $output == *"5 derived again, 0 different" ]]
}

@test "ajar show tells what the probe came to, and what came then" {
    run "$AJAR" show run.tar "$late"
    echo "$output"
    [ "${lines[0]}" = "Case $late: open" ]
    [[ ${lines[1]} == "The probe itself came to suspect (accepted, but nothing came back), and then: token returned "*" s after the test had ended" ]]
    [[ $output == *"r-0.eml, "*" bytes: mail from $(target late | sed "s/:.*//"):"* ]]
}

@test "the letter says what came back, when, and from where" {
    "$AJAR" notify run.tar --out letters
    [ "$(ls letters)" = "$late.eml" ]
    python3 -c 'import email, email.policy, sys
print(email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default).get_body().get_content())' \
        "letters/$late.eml" | tr -s ' \n' ' ' >text
    grep -q "the mark $token" text
    at=$(result late | jq -r '.receipts[0].at' | sed 's/.*T//; s/\..*//')
    grep -q "at $at (UTC), delivered from $(result late | jq -r '.exits[0]')" text
}

# A change to the case of the late relay, and how replay refuses it.
refused() { # GOT NAME OLD NEW, or NAME -
    alter run.tar bad.tar "$late/$2" "${@:3}"
    run --separate-stderr "$AJAR" replay bad.tar "$late"
    echo "$output"
    [ "$status" -eq 1 ]
    [[ ${lines[2]} == "    got       $1" ]]
}

@test "open without the receipt is refused by replay" {
    refused "the verdict suspect: no receipt of its token came later" receipts/r-0.eml -
    refused "the verdict suspect: no receipt of its token came later" receipts/r-0.eml "$token" "${token//[a-m]/z}"
    refused "the verdict suspect: no receipt of its token came later" case.json '"kind":"mail"' '"kind":"bounce"'
}

@test "open by a token that is not the tape's is refused by replay" {
    refused "the verdict suspect: its proof is no token that could still come" case.json "$token" "${token//[a-m]/z}"
    refused "the verdict suspect: no token proves it" case.json '"proof"' '"proved"'
}

@test "open in words alone is refused by replay" {
    case=$(result too-late | jq -r .case)
    alter run.tar bad.tar "$case/case.json" '"verdict":"suspect"' '"verdict":"open"'
    run --separate-stderr "$AJAR" replay bad.tar "$case"
    [ "$status" -eq 1 ]
    [ "${lines[1]}" = "    expected  the verdict open, as case.json says" ]
    [ "${lines[2]}" = "    got       the verdict suspect" ]
}

@test "what the probe said, and when the mail came, is not for the case to make up" {
    refused "the reason accepted, but nothing came back" case.json 'accepted, but nothing' 'accepted, and nothing'
    refused "the verdict suspect" case.json '"overruled"' '"forgotten"'
    refused "the verdict suspect: its reason is another" case.json ' s after the test' '0 s after the test'
}

@test "after Ctrl-C those that were held are reported as they are, and sealed" {
    start_late_servers 179
    timeout --preserve-status --kill-after=20 --signal=INT 4 "$AJAR" probe --json -k k.key -e cut.tar --wait 1 \
        -p relay/third-party --sink "127.0.0.1:$SINK" "$(target too-late)" "$(target slow)" >run.json || [ $? -eq 1 ]
    [ "$(result too-late | jq -r .verdict)" = suspect ]
    [ "$(result slow | jq -r .verdict)" = inconclusive ]
    "$AJAR" verify cut.tar
    "$AJAR" replay cut.tar
}

# Of its mail the trap passes on the first at once, and what looks like it 3 s later; the slow one all else, as late as that.
start_trap() { # NET
    cat >trap.lua <<'LUA'
local function trap(id, passes_on_all)
    local passed = false
    return sim.scenario { id = id, summary = "Delivers a part", port = 2525, expects = {}, serve = function(c)
        local queue = {}
        sim.mail_server(c, { message = function(from, to, message)
            local first = message:find("Subject: open relay test", 1, true)
            if not passed then
                passed = true
                sim.deliver(from, to, message)
            elseif first and not passes_on_all or passes_on_all and not first then
                queue[#queue + 1] = { from, to, message }
            end
        end })
        sim.sleep(3)
        for _, mail in ipairs(queue) do
            sim.deliver(mail[1], mail[2], mail[3])
        end
    end }
end
local slow = sim.scenario { id = "slow", summary = "Refuses late", port = 2525, expects = {}, serve = function(c)
    sim.sleep(9)
    c:say("554 5.7.1 no")
end }
return { trap("trap", false), trap("slow-second", true), slow }
LUA
    SINK=$(free_port)
    start_server servers "$AJAR" sim --net "$1" --for 60 --sink "127.0.0.1:$SINK" trap.lua </dev/null
    await_servers 3
}

@test "where one mail came and the second of the test did not, a late one of the first kind does not make it open" {
    start_trap 186
    "$AJAR" probe --json -k k.key -e trap.tar --wait 1 -p relay/every-form --sink "127.0.0.1:$SINK" \
        "$(target trap)" "$(target slow-second)" "$(target slow)" >run.json
    cat run.json
    [ "$(result trap | jq -c '[.verdict, .overruled, .proof]')" = '["suspect",null,null]' ]
    [[ $(result trap | jq -r .reason) == *"came back, a second message did not"* ]]
    # of that kind some did come: the case holds them
    [ "$(result trap | jq '[.receipts[] | select(.kind == "mail")] | length > 1')" = true ]
    # the second itself does
    [ "$(result slow-second | jq -c '[.verdict, .overruled.verdict]')" = '["open","suspect"]' ]
    "$AJAR" verify trap.tar --all-parts
    "$AJAR" replay trap.tar
    python3 -B "$BATS_TEST_DIRNAME/../evidence/verify.py" trap.tar
    # and no case may say that it did
    case=$(result trap | jq -r .case)
    late=$(result trap | jq -r '.receipts[-1].token')
    alter trap.tar bad.tar "$case/case.json" '"verdict":"suspect"' '"verdict":"open","proof":"'"$late"'"'
    run --separate-stderr "$AJAR" replay bad.tar "$case"
    echo "$output"
    [ "$status" -eq 1 ]
}

# Relays that say no to the message, or nothing, and deliver it so many seconds later.
write_deniers() {
    cat >deniers.lua <<'LUA'
local function denier(id, seconds, says)
    return sim.scenario { id = id, summary = "Denies, and relays late", port = 2525, expects = {}, serve = function(c)
        sim.mail_server(c, { accepted = function(...)
            if says then
                c:say(says)
            end
            c:close()
            sim.sleep(seconds)
            sim.deliver(...)
            return ""
        end })
    end }
end

-- Refuses at once; takes its time for the banner, so that the run lasts.
local function refuser(id, seconds)
    return sim.scenario { id = id, summary = "Refuses", port = 2525, expects = {}, serve = function(c)
        sim.sleep(seconds)
        sim.mail_server(c, { rcpt = function() return "554 5.7.1 Relay access denied" end })
    end }
end

return { denier("denies", 3, "550 5.7.1 not for strangers"), denier("hangs-up", 3),
    denier("denies-too-late", 25, "550 5.7.1 not for strangers"), refuser("refuses", 0), refuser("slow", 7) }
LUA
}

# Those at addresses with this third number, for so many seconds.
start_deniers() { # NET SECONDS
    write_deniers
    SINK=$(free_port)
    stop_server
    start_server servers "$AJAR" sim --net "$1" --for "$2" --sink "127.0.0.1:$SINK" deniers.lua </dev/null
    await_servers 5
}

@test "mail that comes after a refusal of the message, or after silence, is proof all the same" {
    start_deniers 180 40
    for id in denies hangs-up denies-too-late refuses slow; do target "$id"; done >targets
    "$AJAR" probe --json -k k.key -e denied.tar --wait 1 -p relay/third-party -p relay/envelope \
        --sink "127.0.0.1:$SINK" -i targets >run.json
    cat run.json
    for probe in relay/third-party relay/envelope; do
        said() { result "$1" | jq -r --arg probe "$probe" 'select(.probe == $probe)' | jq -c "$2"; }
        # of relay/envelope more forms are accepted than messages may be sent, so it does not say that all are refused
        own=closed
        [ $probe = relay/third-party ] || own=inconclusive
        [ "$(said denies .verdict)" = '"open"' ]
        [ "$(said denies .reason)" = "\"token returned $(said denies . | seconds_late) s after the test had ended\"" ]
        [ "$(said denies .overruled.verdict)" = "\"$own\"" ]
        [[ $(said denies .overruled.reason) == *"recipient accepted, message refused"* ]]
        [ "$(said hangs-up .verdict)" = '"open"' ]
        [ "$(said hangs-up .overruled.verdict)" = '"inconclusive"' ]
        [ "$(said denies-too-late '[.verdict, .overruled]')" = "[\"$own\",null]" ]
        [ "$(said refuses '[.verdict, .overruled]')" = '["closed",null]' ]
    done
    # who never got a message is not waited for
    jq -r '.target' run.json | head -2 | sort -u >first
    [ "$(cat first)" = "$(target refuses | sed 's/:.*//')" ]
    "$AJAR" verify denied.tar --all-parts
    run --separate-stderr "$AJAR" replay denied.tar
    echo "$output"
    [ "$status" -eq 0 ]
    case=$(result denies | jq -r 'select(.probe == "relay/third-party").case')
    run "$AJAR" show denied.tar "$case"
    [[ ${lines[1]} == "The probe itself came to closed (recipient accepted, message refused"*"), and then: token returned "* ]]
    # a refusal that nothing was sent behind stands
    case=$(result refuses | jq -r 'select(.probe == "relay/third-party").case')
    alter denied.tar bad.tar "$case/case.json" '"verdict":"closed"' '"verdict":"open"'
    run --separate-stderr "$AJAR" replay bad.tar "$case"
    [ "$status" -eq 1 ]
    [ "${lines[2]}" = "    got       the verdict closed" ]
}

@test "mail that comes late through a server of our own network proves nothing" {
    start_deniers 183 30
    own=$(target denies | sed 's/:.*//')
    printf '%s\n' 'authority: Test' 'contact: mailto:abuse@example.org' 'info: http://example.org/' \
        'allow 127.0.0.0/8' "own $own" >scope.conf
    "$AJAR" probe --json --wait 1 --scope scope.conf --mail-domain relaytest.invalid -p relay/third-party --sink "127.0.0.1:$SINK" \
        "$(target denies)" "$(target hangs-up)" "$(target slow)" >run.json
    cat run.json
    [ "$(result denies | jq -c '[.verdict, .overruled]')" = '["closed",null]' ]
    [ "$(result hangs-up | jq -r .verdict)" = open ] # is not in it
}

@test "mail that comes late through a server of our own domain, which explains it, proves nothing" {
    start_deniers 181 30
    python3 "$BATS_TEST_DIRNAME/dns_server.py" "$(target denies | sed 's/:.*//')" >resolver 2>asked 3>&- &
    local resolver=$!
    for _ in {1..200}; do [ -s resolver ] || sleep 0.05; done
    "$AJAR" probe --json --wait 1 -p relay/third-party --sink "127.0.0.1:$SINK" --mail-domain x.here.org \
        --resolver "127.0.0.1:$(cat resolver)" "$(target denies)" "$(target hangs-up)" "$(target slow)" >run.json
    kill "$resolver"
    cat run.json
    [ "$(result denies | jq -c '[.verdict, .overruled]')" = '["closed",null]' ]
    [ "$(result hangs-up | jq -r .verdict)" = open ] # is none of them
}

# Visits of what was asked for, so many seconds after the answer: the request's URL by GET, or the whole request again.
start_visitors() { # NET
    cat >visitors.lua <<'LUA'
local function visitor(id, whole)
    return sim.scenario { id = id, summary = "Visits late", port = 8080, expects = {}, serve = function(c)
        local method, target, fields = sim.http_request(c)
        local body = fields["content-length"] and c:read(tonumber(fields["content-length"])) or ""
        local address, path = target:match("^http://([^/]+)(.*)$")
        if not address or sim.is_control(address) then
            return sim.http_answer(c, "404 Not Found", "nobody is there")
        end
        sim.http_answer(c, "200 OK", "a page of our own")
        c:close()
        sim.sleep(3)
        local other = sim.dial(address)
        other:write(whole and method or "GET", " ", path, " HTTP/1.1\r\nHost: ", address, "\r\nContent-Length: ",
            tostring(whole and #body or 0), "\r\n\r\n", whole and body or "")
        other:try_read(2)
    end }
end

-- Sends on what is posted at once, and the next time late: both without its answer.
local one_way = sim.scenario { id = "one-way", summary = "Leads one way", port = 8080, expects = {}, serve = function(c, state)
    local method, target, fields = sim.http_request(c)
    local body = fields["content-length"] and c:read(tonumber(fields["content-length"])) or ""
    local address = target:match("^http://([^/]+)")
    if not address or sim.is_control(address) then
        return sim.http_answer(c, "404 Not Found", "nobody is there")
    end
    if state.asked then
        sim.http_answer(c, "200 OK", "a page of our own")
        c:close()
        sim.sleep(3)
    end
    state.asked = true
    local other = sim.dial(address)
    other:write(method, " / HTTP/1.1\r\nHost: ", address, "\r\nContent-Length: ", tostring(#body), "\r\n\r\n", body)
    other:try_read(2)
    sim.http_answer(c, "200 OK", "a page of our own")
end }

-- Says nothing for seven seconds: as long as that the run lasts.
local slow = sim.scenario { id = "slow", summary = "Refuses late", port = 8080, expects = {}, serve = function(c)
    sim.sleep(7)
    sim.http_answer(c, "403 Forbidden", "no")
end }

return { visitor("visits", false), visitor("repeats", true), one_way, slow }
LUA
    SINK=$(free_port) # and the port above it
    stop_server
    start_server servers "$AJAR" sim --net "$1" --for 40 --sink "127.0.0.1:$SINK,$((SINK + 1))" visitors.lua </dev/null
    await_servers 4
}

@test "a visit that comes late to what a request named makes nothing open" {
    start_visitors 184
    "$AJAR" probe --json -k k.key -e visited.tar --wait 1 -p proxy/http-get -p proxy/http-post -p proxy/http-put \
        -p proxy/web-server --sink "127.0.0.1:$SINK,$((SINK + 1))" "$(target visits)" "$(target repeats)" "$(target slow)" \
        >run.json
    cat run.json
    [ "$(result visits | jq -r .verdict | sort -u)" = closed ]
    [ "$(result repeats | jq -r .verdict | sort -u)" = closed ]
    [ "$(jq -c 'select(.overruled or .proof)' run.json)" = "" ]
    # the visits came while the run lasted
    [ "$(result slow | jq -s 'map(.elapsed_ms) | add > 7000')" = true ]
    "$AJAR" verify visited.tar
    "$AJAR" replay visited.tar
}

@test "what was sent on one way stays suspect whatever comes later" {
    start_visitors 185
    "$AJAR" probe --json -k k.key -e posted.tar --wait 1 -p proxy/http-post --sink "127.0.0.1:$SINK,$((SINK + 1))" \
        "$(target one-way)" "$(target slow)" >run.json
    cat run.json
    [ "$(result one-way | jq -c '[.verdict, .overruled, .proof]')" = '["suspect",null,null]' ]
    [ "$(result one-way | jq -r .reason)" = "what we posted reached our sink from the target's own address, and our sink's answer did not come back: it answers with HTTP 200 OK" ]
    "$AJAR" verify posted.tar
    run --separate-stderr "$AJAR" replay posted.tar
    [ "$status" -eq 0 ]
    # nor does the case say so of itself
    case=$(result one-way | jq -r .case)
    alter posted.tar bad.tar "$case/case.json" '"verdict":"suspect"' '"verdict":"open"'
    run --separate-stderr "$AJAR" replay bad.tar "$case"
    [ "$status" -eq 1 ]
    [ "${lines[2]}" = "    got       the verdict suspect" ]
}
