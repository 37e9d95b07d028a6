#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
# What a bundle holds, in forms that other programs read: ajar export.

# Tests some of the simulated servers: NAME.tar, NAME.json.
probe() { # NAME SERVER[,SERVER] OPTION...
    local targets=() server
    for server in ${2//,/ }; do targets+=("$(target "$server")"); done
    "$AJAR" probe --json -k made.key -e "$1.tar" --wait 5 --sink "$SINK" "${@:3}" "${targets[@]}" >"$1.json"
}

setup_file() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    export AJAR HOME=$BATS_FILE_TMPDIR
    load servers
    cd "$BATS_FILE_TMPDIR" || exit
    "$AJAR" key new --no-password -o made.key
    SINK=127.0.0.1:$(free_port)
    start_server servers "$AJAR" sim --sink "$SINK" --net 132 --for 60 relay-open relay-closed socks-open http-open </dev/null
    await_servers 4
    probe made relay-open,relay-closed -p relay/third-party
    probe socks socks-open -p proxy/socks5 -p proxy/socks4
    probe http http-open -p proxy/http-connect -p proxy/http-get
    stop_server
}

setup() {
    cd "$BATS_TEST_TMPDIR" || exit
    export HOME=$BATS_TEST_TMPDIR
    stderr='' stderr_lines=()
    cp "$BATS_FILE_TMPDIR"/*.{tar,json,pub} .
}

# The name of the case of this probe that came to this verdict.
case_of() { # PROBE VERDICT [FILE]
    jq -r "select(.probe == \"$1\" and .verdict == \"$2\").case" "${3:-made.json}" | head -n 1
}

@test "json: a line for the bundle, then one for each case, with all that it holds" {
    "$AJAR" export --json made.tar >out
    [ "$(wc -l <out)" -eq $(($(wc -l <made.json) + 1)) ]
    jq -e '.format == "ajar-export/1"' out >/dev/null
    tar -xf made.tar
    [ "$(head -n 1 out | jq -r .bundle.file_sha256)" = "$(sha256sum <made.tar | cut -c 1-64)" ]
    [ "$(head -n 1 out | jq -S .run)" = "$(jq -S . made/data/run.json)" ]
    [ "$(head -n 1 out | jq -r .bundle.signer)" = "$(tail -n 1 made.pub)" ]
    id=$(case_of relay/third-party open)
    jq -c "select(.id == \"$id\")" out >case
    [ "$(jq -S .case case)" = "$(jq -S . "made/data/cases/$id/case.json")" ]
    [ "$(jq -c '.tape[]' case | jq -S .)" = "$(jq -S . "made/data/cases/$id/tape.jsonl")" ]
    jq -r '.receipts[0].content' case | iconv -f UTF-8 -t LATIN1 | head -c -1 >receipt
    cmp receipt "made/data/cases/$id/receipts/r-0.eml"
    [ "$(jq -r '.receipts[0].sha256' case)" = "$(sha256sum <receipt | cut -c 1-64)" ]
}

@test "one case alone, meant by its beginning; the same bundle gives the same bytes" {
    id=$(case_of relay/third-party closed)
    [ "$("$AJAR" export --json made.tar | jq -c .bundle.only_case | sort -u)" = null ]
    "$AJAR" export --in-toto made.tar "$id" -o one.intoto
    [ "$(jq -r .predicate.bundle.only_case one.intoto)" = "$id" ]
    [ "$(jq -r '.predicate.cases[].case' one.intoto)" = "$id" ]
    [ "$("$AJAR" export --json made.tar "$id" | jq -r .bundle.only_case | sort -u)" = "$id" ]
    "$AJAR" export --json made.tar "${id:0:9}" -o one.json
    [ "$(jq -r 'select(.kind == "case").id' one.json)" = "$id" ]
    "$AJAR" export --json made.tar "$id" | cmp - one.json
}

@test "a redacted extract is exported with what is hidden" {
    id=$(case_of relay/third-party closed)
    "$AJAR" extract made.tar "$id" -o one.tar
    "$AJAR" redact one.tar --lines 3 -o hidden.tar
    run --separate-stderr "$AJAR" export --json hidden.tar
    [ "$status" -eq 0 ]
    [ "$(tail -n 1 <<<"$output" | jq -r '.bundle.extract_of')" = "$id" ]
    [ "$(tail -n 1 <<<"$output" | jq '[.tape[] | select(.hidden)] | length')" -ge 1 ]
}

@test "what does not verify is not exported, and nothing is overwritten" {
    sed 's/relay\/third/relay\/tHird/' made.tar >bent.tar
    run --separate-stderr "$AJAR" export --json bent.tar -o out
    [ "$status" -eq 1 ]
    [ ! -e out ]
    echo kept >out
    run --separate-stderr "$AJAR" export --json made.tar -o out
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar export: out is there already; nothing is overwritten" ]
    [ "$(cat out)" = kept ]
    run --separate-stderr "$AJAR" export --json made.tar c-zzz -o other
    [ "$status" -eq 1 ]
    [ ! -e other ]
    run --separate-stderr "$AJAR" export --json made.tar -o /dev/full
    [ "$status" -eq 1 ]
    ! "$AJAR" export --json made.tar >/dev/full 2>said || false
    grep -q 'No space left' said
}

@test "a file is there whole or not at all, also when ajar is killed" {
    (ulimit -f 10 && exec "$AJAR" export --json made.tar -o x.json) || status=$?
    [ "$status" -gt 128 ]
    [ ! -e x.json ]
    "$AJAR" export --json made.tar -o x.json
}

@test "a tape whose times no run can have is refused where times are added" {
    (cd "$BATS_TEST_DIRNAME/../.." && python3 -B tests/cli/notify_bundle.py "$BATS_TEST_TMPDIR" c-1:proxy/http-connect:open:late)
    for form in pcapng warc; do
        run --separate-stderr "$AJAR" export --$form evidence.tar -o late
        [ "$status" -eq 1 ]
        [ "$stderr" = "ajar export: evidence.tar: case c-1: line 5: it is more than 366 days behind the tape's beginning" ]
        [ ! -e late ]
    done
}

@test "wrong usage of export ends with status 2" {
    for words in "" "made.tar" "--json" "--json made.tar a b" "--frob made.tar"; do
        # shellcheck disable=SC2086
        run --separate-stderr "$AJAR" export $words
        echo "$words: $status $stderr"
        [ "$status" -eq 2 ]
        [ "$(wc -l <<<"$stderr")" -eq 1 ]
    done
}

# What tshark says of the capture of this bundle, with the dissector for a port.
dissected() { # BUNDLE PORT,PROTOCOL TSHARK-OPTION...
    rm -f capture.pcapng
    "$AJAR" export --pcapng "$1" -o capture.pcapng
    tshark -r capture.pcapng -o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE -d "tcp.port==${2%,*},${2#*,}" "${@:3}" 2>said
}

has_tshark() { command -v tshark >/dev/null || skip "tshark is not installed"; }

@test "pcapng: tshark reads the mail dialogue and the message, and finds every checksum right" {
    has_tshark
    dissected made.tar 2525,smtp >dialogue
    grep -q 'SMTP.*S: 220 ' dialogue
    grep -q 'SMTP.*C: EHLO ' dialogue
    grep -q 'SMTP.*C: RCPT TO:<' dialogue
    grep -q 'SMTP.*S: 554 ' dialogue
    dissected made.tar 2525,smtp -Y imf -T fields -e imf.subject | grep -q .
    [ -z "$(dissected made.tar 2525,smtp -Y 'ip.checksum.status == 0 || tcp.checksum.status == 0')" ]
    [ -z "$(dissected made.tar 2525,smtp -Y 'tcp.analysis.lost_segment || tcp.analysis.retransmission || _ws.malformed')" ]
}

@test "pcapng: tshark reads SOCKS and what went through it, and HTTP" {
    has_tshark
    dissected socks.tar 1080,socks -Y socks -V >dialogue
    grep -q 'Version: 5' dialogue
    grep -q 'Version: 4' dialogue
    grep -q 'Command: Connect (1)' dialogue
    dissected http.tar 3128,http >dialogue
    grep -q 'HTTP.*CONNECT ' dialogue
    grep -q 'HTTP.*GET http://' dialogue
    grep -q 'HTTP/1.1 200 ' dialogue
}

to_stdout() { "$AJAR" export "$@" >out; }

@test "pcapng: it says that it is synthetic, of which bundle it is, and of which line each packet" {
    has_tshark
    dissected made.tar 2525,smtp -T fields -e frame.comment >comments
    [ "$(grep -c '^synthetic .*; case c-.*, line [0-9]* of its tape$' comments)" -eq "$(wc -l <comments)" ]
    grep -aq "SYNTHETIC: no capture of a network.*$(sha256sum <made.tar | cut -c 1-64)" capture.pcapng
    id=$(case_of relay/third-party closed)
    "$AJAR" extract made.tar "$id" -o one.tar
    "$AJAR" redact one.tar --lines 6 -o hidden.tar
    run --separate-stderr "$AJAR" export --pcapng hidden.tar -o hidden.pcapng
    [ "$status" -eq 1 ]
    [[ $stderr == *"case $id: something is hidden on its tape: --json shows what there is"* ]]
    [ ! -e hidden.pcapng ]
    for form in pcapng warc; do
        run -1 to_stdout --$form hidden.tar
        [ ! -s out ]
    done
}

# Reads a web archive as ISO 28500 says, by nothing of ajar's: each record's fields and block, its length and digest right.
records() { # FILE
    python3 - "$1" <<'PYTHON'
import hashlib, json, sys
data = open(sys.argv[1], "rb").read()
while data:
    head, _, data = data.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0] == "WARC/1.1", lines[0]
    fields = dict(line.split(": ", 1) for line in lines[1:])
    size = int(fields["Content-Length"])
    block, data = data[:size], data[size:]
    assert len(block) == size and data[:4] == b"\r\n\r\n"
    data = data[4:]
    assert fields["WARC-Block-Digest"] == "sha256:" + hashlib.sha256(block).hexdigest()
    print(json.dumps({**fields, "block": block.decode("latin-1")}))
PYTHON
}

@test "warc: each request with its answer, and the tape beside them" {
    "$AJAR" export --warc http.tar -o http.warc
    records http.warc >found
    [ "$(head -n 1 found | jq -r '."WARC-Type"')" = warcinfo ]
    [ "$(jq -r '."WARC-Record-ID"' found | sort | uniq -d)" = "" ]
    get=$(jq -c 'select(."WARC-Type" == "request" and (.block | startswith("GET http://")))' found | head -n 1)
    [ "$(jq -r '."WARC-Target-URI"' <<<"$get")" = "$(jq -r .block <<<"$get" | sed -n '1s/GET \([^ ]*\) .*/\1/p')" ]
    answer=$(jq -c --argjson get "$get" 'select(."WARC-Concurrent-To" == $get."WARC-Record-ID")' found)
    [[ $(jq -r .block <<<"$answer") == "HTTP/1.1 200 "* ]]
    [ "$(jq -r '."WARC-IP-Address"' <<<"$answer")" = 127.0.132.9 ]
    id=$(case_of proxy/http-get open http.json)
    [ "$(jq -r "select(.\"WARC-Target-URI\" == \"urn:x-ajar:$id:tape.jsonl\").\"WARC-Block-Digest\"" found)" = \
        "sha256:$(jq -r "select(.case == \"$id\").tape_sha256" http.json)" ]
}

@test "warc: behind a CONNECT that was granted stands its head alone, as the tunnel is no HTTP" {
    "$AJAR" export --warc http.tar "$(case_of proxy/http-connect open http.json)" -o http.warc
    records http.warc >found
    answer=$(jq -c 'select(."WARC-Type" == "response" and (.block | startswith("HTTP/1.1 200 ")))' found | head -n 1)
    [ "$(jq -r .block <<<"$answer" | tail -c 2 | tr -d '\r\n')" = "" ]
    [[ $(jq -r .block <<<"$answer") != *AJAR* ]]
}

@test "warc: of a bundle without HTTP it is the beginning alone" {
    "$AJAR" export --warc made.tar -o made.warc
    [ "$(records made.warc | jq -r '."WARC-Type"')" = warcinfo ]
}

@test "in-toto: a statement about the bundle's file, with its run and each verdict" {
    "$AJAR" export --in-toto made.tar -o made.intoto.json
    [ "$(jq -r ._type made.intoto.json)" = https://in-toto.io/Statement/v1 ]
    [ "$(jq -c .subject made.intoto.json)" = "[{\"name\":\"made.tar\",\"digest\":{\"sha256\":\"$(sha256sum <made.tar | cut -c 1-64)\"}}]" ]
    [ "$(jq -r .predicateType made.intoto.json)" = urn:x-ajar:evidence:1 ]
    [ "$(jq -S '.predicate.cases[]' made.intoto.json)" = "$(jq -S . made.json)" ]
    [ "$(jq -S .predicate.run made.intoto.json)" = "$(tar -xOf made.tar made/data/run.json | jq -S .)" ]
    [ "$(jq -r .predicate.bundle.signer made.intoto.json)" = "$(tail -n 1 made.pub)" ]
}

@test "of a case that its own tape contradicts no statement is made, and whoever exports it otherwise is told" {
    id=$(case_of relay/third-party closed)
    other=$(case_of relay/third-party open)
    "$BATS_TEST_DIRNAME"/resealed.py made.tar lie.tar "$BATS_FILE_TMPDIR/made" "data/cases/$id/case.json" '"reason":"[^"]*"' '"reason":"It is wide open"'
    run --separate-stderr "$AJAR" export --in-toto lie.tar -o lie.json
    [ "$status" -eq 1 ]
    [[ $stderr == "ajar export: "*"case $id: no statement is made of it: its case.json does not say what its tape and receipts say: line "*": expected the reason It is wide open"* ]]
    [ ! -e lie.json ]
    run --separate-stderr "$AJAR" export --json lie.tar -o lie.json
    [ "$status" -eq 0 ]
    [[ ${stderr_lines[0]} == "ajar export: case $id: its case.json does not say what its tape and receipts say: line "* ]]
    "$AJAR" export --in-toto lie.tar "$other" -o other.json
}

@test "warc: what was asked inside TLS has the scheme https" {
    id=$(case_of proxy/http-get open http.json)
    [ "$("$AJAR" export --warc http.tar "$id" | grep -ac 'WARC-Target-URI: https:')" = 0 ]
    "$BATS_TEST_DIRNAME"/resealed.py http.tar tls.tar "$BATS_FILE_TMPDIR/made" "data/cases/$id/tape.jsonl" \
        '^([{]"t":([0-9]+),"op":"opened","c":[0-9]+),("from":.*)$' \
        '\1,\3
\1,"version":"TLSv1.3","cipher":"x","chain":[]}' "data/cases/$id/tape.jsonl" '"op":"opened",("c":[0-9]+,"version")' '"op":"secured",\1' \
        "data/cases/$id/tape.jsonl" 'GET http://[^/ ]*' 'GET '
    "$AJAR" export --warc tls.tar "$id" | grep -aq 'WARC-Target-URI: https://127[.]0[.]132[.][0-9]*:[0-9]*/'
}
