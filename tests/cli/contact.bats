#!/usr/bin/env bats
# ajar contact: whom to write to, who says so, and how little of that is believed. Registries, resolver and hosts are on
# loopback: no question leaves the machine.
bats_require_minimum_version 1.5.0

load servers

setup_file() {
    cd "$BATS_FILE_TMPDIR" || return 1
    start_server ports python3 "$BATS_TEST_DIRNAME/contact_server.py" 2>registries
    REGISTRIES=$SERVER
    start_resolver
    export REGISTRIES SERVER RESOLVER
    read -r HTTP WHOIS <ports
    export HTTP WHOIS
}

teardown_file() {
    kill "$REGISTRIES"
    stop_server
}

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    cd "$BATS_TEST_TMPDIR" || return 1
    export XDG_CACHE_HOME=$PWD/cache HOME=$PWD
    stderr=''
    whois none
}

# The registry that answers for 192.0.2.0/24, and whose name mx.mail.test leads back to 127.0.0.25.
registry() { # KIND
    cat >bootstrap.json <<JSON
{"services": [[["192.0.2.0/24", "2001:db8::/32"], ["http://127.0.0.1:$HTTP/$1/"]],
              [["127.0.0.0/8"], ["http://127.0.0.1:$HTTP/none/"]]]}
JSON
}

# What the WHOIS server of that registry is like; in the place of the DNS zone another one.
whois() { # KIND [ZONE]
    local kind
    for kind in ripe arin apnic lacnic afrinic none busy shut error html moved loop metadata router file silent endless \
        heads huge deep outside hostile; do
        echo "{\"rdap\": \"http://127.0.0.1:$HTTP/$kind/\", \"host\": \"127.0.0.1\", \"port\": $WHOIS, \"query\": \"$1 %s\",
            \"rate\": 1000},"
    done >whois.list
    cat >services.json <<JSON
{"rdap": {"rate": 1000}, "whois": [$(sed '$s/,$//' whois.list)],
 "txt": [{"zone": "${2:-none.invalid}", "rate": 1000}], "reach": ["127.0.0.25/32"],
 "security_txt": "http://%s:$HTTP/.well-known/security.txt", "bootstrap": ["http://127.0.0.1:$HTTP/ipv4.json"]}
JSON
}

contact() {
    "$AJAR" contact --services services.json --bootstrap bootstrap.json --resolver "$RESOLVER" --timeout 1 "$@"
}

# Whom a registry of this kind has us write to.
to() { # KIND [OPTION]...
    registry "$1"
    contact --no-cache "${@:2}" 192.0.2.10 | jq -r '[.to_from, .to[]] | join(" ")'
}

of() { jq -r ".sources[] | select(.source == \"$1\") | $2" <<<"$output"; }

@test "without an address it says who is asked, and asks nobody" {
    run -0 --separate-stderr "$AJAR" contact --table
    [[ $output == *"rdap          https://rdap.db.ripe.net/ "*"1 a second"* ]]
    [[ $output == *"whois.lacnic.net:43"*"abuse-contacts.abusix.zone"* ]]
}

@test "each of the five registries names its contact by RDAP" {
    [ "$(to ripe)" = "rdap Abuse@example-isp.no" ]
    [ "$(to arin)" = "rdap abuse@example-networks.com" ]
    [ "$(to apnic)" = "rdap abuse@example.ad.jp" ]
    [ "$(to lacnic)" = "rdap security@exemplo.net.br" ]
    [ "$(to afrinic -s rdap)" = "rdap noc@example.co.za" ]
    registry v6
    [ "$(contact 2001:db8::7 | jq -r '.to[]')" = abuse@example.de ]
}

@test "each of the five registries names its contact by WHOIS" {
    local kind
    for kind in ripe:abuse@example-isp.no arin:abuse@example-networks.com apnic:abuse@example.ad.jp \
        lacnic:security@exemplo.net.br afrinic:noc@example.co.za; do
        whois "${kind%:*}"
        [ "$(to none -s rdap -s whois)" = "whois ${kind#*:}" ]
    done
}

@test "what each source says is told, and those behind the one that knows are not asked" {
    registry ripe
    run -0 contact 192.0.2.10
    [ "$(of rdap '[.state, .first, .last, .country, .contacts[0].role, .service] | join(" ")')" = \
        "found 192.0.2.0 192.0.2.255 NO abuse http://127.0.0.1:$HTTP/ripe/" ]
    [[ $(of rdap .asked) == 20??-??-??T*Z ]]
    [ "$(of whois .state)" = not-asked ]
    [ "$(jq -r '[.languages[], .languages_from] | join(" ")' <<<"$output")" = "nb vcard" ]
    run -0 contact --all --no-cache 192.0.2.10
    [ "$(jq -r '[.sources[].state] | join(" ")' <<<"$output")" = "not-asked found none none none none found" ]
    run -0 contact --table 192.0.2.10
    [[ $output == *"to            Abuse@example-isp.no"*"language      nb (by vcard)"*"rdap          found "* ]]
    [[ $output == *"found     Abuse@example-isp.no (abuse); for 192.0.2.0 - 192.0.2.255, NO; http://"*"/ripe/; "* ]]
    [[ $output == *"  whois         not-asked"$'\n'* ]]
}

@test "the operator's own list comes first, and who opted out is left alone" {
    registry ripe
    printf 'scope,contact,language\n192.0.2.0/25,own@example.net,sv\n192.0.2.99,none,\nmail.test,host@example.net,\n' >own.csv
    run -0 contact -o own.csv 192.0.2.10 192.0.2.99 192.0.2.200 127.0.0.25
    [ "$(jq -rs 'sort_by(.address)[] | [.address, .to_from, (.opted_out | tostring), .to[], .languages[]] | join(" ")' \
        <<<"$output")" = \
        "127.0.0.25 own-list false host@example.net
192.0.2.10 own-list false own@example.net sv
192.0.2.200 rdap false Abuse@example-isp.no nb
192.0.2.99 own-list true" ]
    printf 'scope,contact\n192.0.2.0/25,nobody\n' >own.csv
    run -1 --separate-stderr contact -o own.csv 192.0.2.10
    [[ $stderr == "ajar contact: own.csv:2: the contact is one or more addresses"* ]]
}

@test "a DNS zone of contacts, the host's security.txt and the names of RFC 2142 follow" {
    whois none contacts.test
    [ "$(to none)" = "dns-txt abuse@example.net noc@example.net" ]
    whois none
    registry none
    run -0 contact --all 127.0.0.25
    [ "$(jq -r '[.name, .to_from, .to[], .languages[], .languages_from] | join(" ")' <<<"$output")" = \
        "mx.mail.test security-txt security@mail.test de en security-txt" ]
    [ "$(of rfc2142 '[.contacts[].address] | join(" ")')" = \
        "abuse@mail.test security@mail.test noc@mail.test postmaster@mail.test" ]
    grep -q 'GET /.well-known/security.txt mx.mail.test' "$BATS_FILE_TMPDIR/registries"
}

@test "a name that leads elsewhere is not believed" {
    registry none
    run -0 contact 192.0.2.10
    [ "$(of rfc2142 '.state + ": " + .error')" = "none: its name mx.mail.test leads elsewhere" ]
    [ "$(jq -r '.to | length' <<<"$output")" = 0 ]
}

@test "no mailbox is guessed where the domain takes no mail" {
    registry none
    run -0 contact -s rfc2142 127.0.0.26
    [ "$(of rfc2142 '.state + ": " + .error')" = "none: mx.nomail.test takes no mail" ]
}

@test "the country's CERT is the last" {
    printf '[{"country": "ZA", "name": "Example CERT", "address": "cert@example.co.za"}]' >certs.json
    registry afrinic
    run -0 contact --certs certs.json --all 192.0.2.10
    [ "$(jq -r '[.to_from, .to[]] | join(" ")' <<<"$output")" = "rdap noc@example.co.za" ]
    [ "$(of cert '[.state, .detail, .contacts[0].address] | join(" ")')" = "found Example CERT cert@example.co.za" ]
}

@test "a CERT that has a web page alone is named with it" {
    printf '[{"country": "ZA", "name": "Example CERT", "web": "https://cert.example/report"}]' >certs.json
    registry afrinic
    run -0 contact --certs certs.json --all 192.0.2.10
    [ "$(of cert '.state + ": " + .error')" = \
        "none: no address of Example CERT is known; it can be told at https://cert.example/report" ]
}

@test "a source that fails is told as failed, and the next is asked" {
    whois ripe
    local kind
    for kind in "error:answers HTTP 500" "html:no JSON" "outside:a range that the address is not in" "huge:longer than" \
        "deep:no JSON" "endless:longer than" "heads:longer than" "silent:no answer within 0.4 seconds" "loop:over 5 redirections"; do
        registry "${kind%%:*}"
        run -0 contact --timeout 0.4 192.0.2.10
        [ "$(of rdap .state)" = failed ]
        [[ $(of rdap .error) == *"${kind#*:}"* ]] || { echo "$kind: $(of rdap .error)"; return 1; }
        [ "$(jq -r '.to[0]' <<<"$output")" = abuse@example-isp.no ]
    done
}

@test "where nobody is known as a source failed the status says so" {
    registry error
    whois silent
    run -1 contact --timeout 0.4 192.0.2.10
    [ "$(of whois .state)" = failed ]
    [[ $(of whois .error) == *"no answer in time" ]]
    registry none
    whois none
    run -0 contact -s rdap -s whois 192.0.2.10
    [ "$(of whois .state)" = none ]
    whois endless
    run -1 contact -s whois 192.0.2.10
    [[ $(of whois .error) == *"longer than"* ]]
}

@test "no redirection leads to what only this machine can reach" {
    local kind
    for kind in metadata:169.254.169.254 router:127.0.0.1:9 file:file:///etc/passwd; do
        registry "${kind%%:*}"
        run contact -s rdap 192.0.2.10
        [ "$(of rdap .state)" = failed ]
        [ "$(of rdap .code)" = EDENIED ]
        [[ $(of rdap .error) == *"${kind#*:}"* ]]
    done
    [ "$(to moved)" = "rdap Abuse@example-isp.no" ]
    sed -i 's/"reach"/"unused"/' services.json
    registry none
    run contact -s security-txt 127.0.0.25
    [ "$(of security-txt .code)" = EDENIED ]
}

@test "a registry that asks for rest gets it" {
    local began=$SECONDS
    [ "$(to busy)" = "rdap Abuse@example-isp.no" ]
    [ $((SECONDS - began)) -ge 1 ]
    registry shut
    run contact -s rdap 192.0.2.10 192.0.2.11
    [[ $(jq -r 'select(.address == "192.0.2.10") | .sources[1].error' <<<"$output") == *"wants 3600 s of rest"* ]]
    [[ $(jq -r 'select(.address == "192.0.2.11") | .sources[1].error' <<<"$output") == "not asked any more in this run: "* ]]
    [ "$(grep -c 'GET /shut/' "$BATS_FILE_TMPDIR/registries")" = 1 ]
}

@test "of a hostile answer only plain addresses pass" {
    registry hostile
    run -0 contact 192.0.2.10
    [ "$(of rdap '[.contacts[].address, .country // "none"] | join(" ")')" = "good@example.net none" ]
}

@test "a registry is asked once for a range, unless it is to be asked anew" {
    registry lacnic
    local asked="grep -c GET./lacnic/ $BATS_FILE_TMPDIR/registries" before
    before=$($asked || true)
    run -0 contact 192.0.2.10 192.0.2.11
    run -0 contact 192.0.2.12
    [ "$(of rdap '[.state, .cached] | join(" ")')" = "found true" ]
    [ "$($asked)" = $((before + 1)) ]
    run -0 contact --no-cache 192.0.2.12
    [ "$($asked)" = $((before + 2)) ]
    echo nonsense >cache/ajar/contacts.jsonl
    run -0 contact 192.0.2.12
    [ "$($asked)" = $((before + 3)) ]
}

@test "the tape holds each question and answer as on the wire, and what was concluded" {
    registry moved
    run -0 contact -e tape.jsonl 192.0.2.10
    [ "$(of rdap '.exchanges | tostring')" = "[1,2]" ]
    [ "$(jq -r 'select(.exchange) | [.exchange, .source, .peer, (.sent | split("\r\n")[0])] | join(" ")' tape.jsonl)" = \
        "1 rdap 127.0.0.1:$HTTP GET /moved/ip/192.0.2.10 HTTP/1.1
2 rdap 127.0.0.1:$HTTP GET /ripe/ip/192.0.2.10 HTTP/1.1" ]
    jq -j 'select(.exchange == 2) | .received' tape.jsonl | iconv -t latin1 |
        cmp - "$BATS_TEST_DIRNAME/../fuzz/seeds/fuzz_contact_rdap/ripe.json"
    [[ $(jq -r 'select(.exchange == 2) | .head' tape.jsonl) == "HTTP/1.1 200 OK"* ]]
    [ "$(jq -c 'select(.to)' tape.jsonl)" = "$output" ]
    run -1 --separate-stderr contact -e tape.jsonl 192.0.2.10
    [[ $stderr == *"tape.jsonl is there already"* ]]
    whois ripe contacts.test
    registry none
    run -0 contact --all -e second.jsonl 192.0.2.10
    [ "$(jq -r 'select(.source == "whois" and .exchange) | .sent' second.jsonl)" = $'ripe 192.0.2.10\r' ]
    [[ $(jq -r 'select(.source == "whois" and .exchange) | .received' second.jsonl) == *"Abuse contact for"* ]]
    [ "$(jq -r 'select(.source == "dns-txt" and .exchange) | .service' second.jsonl)" = \
        "dns:10.2.0.192.contacts.test TXT" ]
}

@test "IANA's files are fetched when that is asked for, and used from then on" {
    run -0 --separate-stderr "$AJAR" contact --services services.json --update-bootstrap
    [[ $output == "$PWD/cache/ajar/rdap-1.json: 3 prefixes, from http://127.0.0.1:$HTTP/ipv4.json" ]]
    run -0 "$AJAR" contact --services services.json --table
    [[ $output == *"https://rdap.example/registry/"* ]]
}

@test "the operator's language is what he says" {
    registry ripe
    run -0 contact --lang pt-BR 192.0.2.10
    [ "$(jq -r '[.languages[], .languages_from] | join(" ")' <<<"$output")" = "pt-BR operator" ]
}

@test "a letter goes to whom it found, in his language, and to nobody who opted out" {
    sealed_run 183
    printf 'scope,contact,language\n127.0.0.0/8,own@example.net,nb-NO\n' >own.csv
    registry none
    run -0 contact -o own.csv -e tape "$(jq -r 'select(.verdict == "open") | .target' a.json)"
    echo "$output" >contacts.jsonl
    for file in contacts.jsonl tape; do
        run -0 "$AJAR" notify a.tar --contacts "$file" --out "letters-$file"
        grep -qx $'To: own@example.net\r' "letters-$file"/*.eml
        grep -qx $'Content-Language: nb, en\r' "letters-$file"/*.eml
    done
    run -0 "$AJAR" notify a.tar --contacts contacts.jsonl --lang en --lang auto --out auto
    grep -qx $'Content-Language: nb, en\r' auto/*.eml
    run -0 "$AJAR" notify a.tar --contacts contacts.jsonl --lang en --to me@example.org --out letters
    grep -qx $'To: me@example.org\r' letters/*.eml
    grep -qx $'Content-Language: en\r' letters/*.eml
    jq -c '.opted_out = true | .to = []' contacts.jsonl >none.jsonl
    run -0 "$AJAR" notify a.tar --contacts none.jsonl --to me@example.org --out none
    [[ $output == "0 letters written; 1 not to be written about; "* ]]
    jq -c '.to = ["own@example.net\r\nBcc: all@example.net"]' contacts.jsonl >bad.jsonl
    run -1 "$AJAR" notify a.tar --contacts bad.jsonl --out bad
    [[ $output == "ajar notify: bad.jsonl:1: this is no line of 'ajar contact --json'"* ]]
}

@test "what was found out goes into the cases, with the digest of its tape" {
    "$AJAR" key new --no-password -o k.key
    SINK=127.0.0.1:$(free_port)
    start_server servers "$AJAR" sim --sink "$SINK" --net 184 --for 60 relay-open </dev/null
    await_servers 1
    printf 'scope,contact,language\n127.0.0.0/8,own@example.net abuse@example.net,nb\n' >own.csv
    registry none
    contact -o own.csv -e tape "$(target relay-open)"
    run -0 --separate-stderr "$AJAR" probe --sink "$SINK" --wait 5 -k k.key -e a.tar -p relay/third-party --contacts tape \
        --json "$(target relay-open)"
    stop_server
    [ "$(jq -c '.contacts | del(.asked, .file_sha256)' <<<"$output")" = \
        '{"to":["own@example.net","abuse@example.net"],"to_from":"own-list","exchanges":[],"languages":["nb"]}' ]
    [ "$(jq -r .contacts.file_sha256 <<<"$output")" = "$(sha256sum <tape | cut -d ' ' -f 1)" ]
    run -0 "$AJAR" verify a.tar --public-key k.pub
    run -0 "$AJAR" replay a.tar
    run -0 "$AJAR" show a.tar "$("$AJAR" show a.tar | grep -o 'c-[0-9a-f]*' | head -1)"
    [[ $output == *"Contact:  own@example.net, abuse@example.net, by own-list, 20"* ]]
}

@test "what is wrong in a file is named" {
    registry ripe
    echo '{"services": [[["192.0.2.0/24"], ["http://example.net/"]]]}' >bootstrap.json
    run -1 --separate-stderr contact 192.0.2.10
    [ "$stderr" = "ajar contact: bootstrap.json: 192.0.2.0/24: no https URL (http is for addresses of loopback alone)" ]
    echo '{"whois": [{"host": "x"}]}' >services.json
    run -1 --separate-stderr contact 192.0.2.10
    [[ $stderr == "ajar contact: services.json: entry 1 is not of the form "* ]]
}

@test "the exchanges by which it was found out lie in the case, checked, extracted and redacted with it" {
    "$AJAR" key new --no-password -o k.key
    cat >local.json <<JSON
{"services": [[["127.0.0.0/8"], ["http://127.0.0.1:$HTTP/local/"]]]}
JSON
    "$AJAR" contact --services services.json --bootstrap local.json --resolver "$RESOLVER" -e tape 127.0.0.9 >/dev/null
    run -0 --separate-stderr "$AJAR" probe -k k.key -e a.tar -p relay/third-party --contacts tape --json 127.0.0.9:9
    [ "$(jq -r .contacts.to[0] <<<"$output")" = abuse@loop.example ]
    case=$(jq -r .case <<<"$output")
    tar -xOf a.tar "a/data/cases/$case/contacts.jsonl" >exchanges
    grep '"source":"rdap"' tape | grep '^{"exchange"' | cmp - exchanges
    [ "$(jq -r .contacts.exchanges_sha256 <<<"$output")" = "$(sha256sum <exchanges | cut -d ' ' -f 1)" ]
    "$AJAR" verify a.tar
    "$AJAR" replay a.tar
    [[ $("$AJAR" show a.tar "$case") == *"by rdap, "*"; what was asked and answered is in contacts.jsonl"* ]]
    [ "$("$AJAR" export --json a.tar | jq -r 'select(.kind == "case").contacts[0].service')" = \
        "http://127.0.0.1:$HTTP/local/ip/127.0.0.9" ]
    "$AJAR" extract a.tar "$case" -o e.tar
    "$AJAR" verify e.tar
    "$AJAR" redact e.tar --hide abuse@loop.example -o r.tar
    "$AJAR" verify r.tar
    tar -xf r.tar
    [[ $(cat r/data/cases/"$case"/contacts.jsonl) == '{"hidden":"'*'"}' ]]
    run ! grep -rqa abuse@loop.example r
}

@test "without a tape a case has no exchanges, and one that is longer than 256 KiB is left out and said to be" {
    "$AJAR" key new --no-password -o k.key
    cat >local.json <<JSON
{"services": [[["127.0.0.0/8"], ["http://127.0.0.1:$HTTP/local/"]]]}
JSON
    "$AJAR" contact --services services.json --bootstrap local.json --resolver "$RESOLVER" -e tape 127.0.0.9 >found
    run -0 --separate-stderr "$AJAR" probe -k k.key -e a.tar -p relay/third-party --contacts found --json 127.0.0.9:9
    [ "$(jq -c '.contacts | has("exchanges_sha256", "exchanges_left_out")' <<<"$output" | sort -u)" = false ]
    run -0 tar -tf a.tar
    [[ $output != *contacts.jsonl* ]]
    jq -c 'if .exchange then .received += ("x" * 262144) else . end' tape >long
    run -0 --separate-stderr "$AJAR" probe -k k.key -e b.tar -p relay/third-party --contacts long --json 127.0.0.9:9
    [ "$(jq -c '.contacts | [has("exchanges_sha256"), .exchanges_left_out]' <<<"$output")" = "[false,true]" ]
    "$AJAR" verify b.tar
}

# Of two registries, one in a table of its own each.
two_registries() { # KIND KIND
    cat >two.json <<JSON
{"services": [[["10.0.0.0/8"], ["http://127.0.0.1:$HTTP/$1/"]], [["192.0.2.0/24"], ["http://127.0.0.1:$HTTP/$2/"]]]}
JSON
}

ask_two() { "$AJAR" contact --services services.json --bootstrap two.json --resolver "$RESOLVER" --timeout 2 -s rdap "$@"; }

@test "a list is asked about beside each other, and each service one thing at a time" {
    two_registries each ripe
    for i in $(seq 1 100); do echo "10.0.0.$i"; done >list
    run -0 --separate-stderr ask_two -i list 192.0.2.1 192.0.2.2 192.0.2.3
    [ "$(jq -r .to[0] <<<"$output" | sort | uniq -c | tr -s ' ' | xargs)" = "3 Abuse@example-isp.no 100 abuse@loop.example" ]
    [[ $(head -n 20 <<<"$output") == *192.0.2.* ]]
    run ! grep -q OVERLAP "$BATS_FILE_TMPDIR/registries"
    [ "$(grep -c 'GET /each/' "$BATS_FILE_TMPDIR/registries")" = 100 ]
}

@test "a registry that is silent keeps nobody waiting who asks another" {
    two_registries silent ripe
    run ask_two 10.0.0.1 192.0.2.1
    [ "$(jq -r '[.address, .sources[1].state] | join(" ")' <<<"$output")" = "192.0.2.1 found
10.0.0.1 failed" ]
}

@test "on the tape the addresses of one range share the exchange that was about the first" {
    registry ripe
    run -0 contact -e tape 192.0.2.10 192.0.2.11 192.0.2.12
    [ "$(jq -s '[.[] | select(.exchange)] | length' tape)" = 1 ]
    [ "$(jq -c '.sources[1] | [.exchanges, .cached // false]' <<<"$output" | sort | uniq -c | tr -s ' ' | xargs)" = \
        "1 [[1],false] 2 [[1],true]" ]
}

@test "who presses Ctrl-C has whole lines, and the same list goes on from there" {
    local asked="grep -c GET./each/ $BATS_FILE_TMPDIR/registries" before
    two_registries each ripe
    sed -i 's/"rdap": {"rate": 1000}/"rdap": {"rate": 50}/' services.json
    for i in $(seq 1 200); do echo "10.0.1.$i"; done >list
    "$AJAR" contact --services services.json --bootstrap two.json --resolver "$RESOLVER" -s rdap -i list >first 2>said &
    local pid=$! status=0
    until [ -s first ] && [ "$(wc -l <first)" -ge 20 ]; do sleep 0.05; done
    kill -INT "$pid"
    wait "$pid" || status=$?
    [ "$status" = 1 ]
    [[ $(cat said) == "ajar contact: stopped: "* ]]
    jq -e . first >/dev/null
    [ "$(wc -l <first)" -lt 200 ]
    before=$($asked)
    sed -i 's/"rdap": {"rate": 50}/"rdap": {"rate": 1000}/' services.json
    run -0 ask_two -i list
    [ "${#lines[@]}" = 200 ]
    [ "$(jq -s '[.[] | select(.sources[1].cached)] | length' <<<"$output")" -ge "$(wc -l <first)" ]
    [ $(($($asked) - before)) -le $((200 - $(wc -l <first))) ]
}

@test "a tape that was cut off is gone on with: nothing that it has concluded is asked again" {
    local asked="grep -c GET./each/ $BATS_FILE_TMPDIR/registries" before
    two_registries each ripe
    ask_two -e tape 10.0.2.1 10.0.2.2 >first
    echo '{"exchange":3,"source":"rdap","addr' >cut.jsonl
    head -c -1 cut.jsonl >>tape
    before=$($asked)
    run -0 ask_two -e tape --resume 10.0.2.1 10.0.2.2 10.0.2.3
    [ "$(jq -r '[.address, (.sources[1].exchanges | tostring)] | join(" ")' <<<"$output")" = "10.0.2.3 [3]" ]
    [ "$($asked)" = $((before + 1)) ]
    [ "$(jq -s '[.[] | select(.exchange).exchange]' -c tape)" = "[1,2,3]" ]
    [ "$(jq -r 'select(.sources).address' tape | sort | xargs)" = "10.0.2.1 10.0.2.2 10.0.2.3" ]
    run -1 --separate-stderr ask_two -e first --resume 10.0.2.1
    [[ $stderr == *"first:1: this is no line of a tape of 'ajar contact'"* ]]
    run -2 ask_two --resume 10.0.2.1
    run -1 ask_two -e none --resume 10.0.2.1
}
