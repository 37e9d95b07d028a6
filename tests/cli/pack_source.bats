#!/usr/bin/env bats
# Packs from a folder or a web server with a signed list, and what somebody between could try. HOME is the test's own folder.
bats_require_minimum_version 1.5.0

load servers
load packs

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    cd "$BATS_TEST_TMPDIR" || return 1
    export HOME=$PWD
    stderr='' output=''
    "$AJAR" key new --no-password -o k.key     # signs packs
    "$AJAR" key new --no-password -o index.key # signs the list
    mkdir shop
    publish acme/envelopes 1.0.0
    list --name acme
    "$AJAR" pack trust add --yes --packs acme/ --capabilities smtp k.pub
    "$AJAR" pack source add acme shop index.pub
}

teardown() { stop_server; }

# Builds and signs a pack into the folder "shop". Further words: a sed command for each, on its folder's files.
publish() { # NAME VERSION [SED…]
    write_pack "$1" "$2"
    for edit in "${@:3}"; do sed -i "$edit" folder/pack.json folder/probes/plain.lua; done
    "$AJAR" pack build -o "shop/${1#*/}-$2.tar" folder
    "$AJAR" pack sign -k "${SIGNER:-k.key}" "shop/${1#*/}-$2.tar"
}

# The same of one that requires another.
needing() { # NAME VERSION OTHER RANGE
    publish "$1" "$2" "s#^  \"api\"#  \"requires\": {\"$3\": \"$4\"},\n  \"api\"#" "s#relay/acme-plain#relay/${1/\//-}#"
}

list() { "$AJAR" pack index -k index.key "$@" shop; }

refused() { # WORDS COMMAND…
    local words=$1
    shift
    run --separate-stderr "$@"
    echo "$status: $stderr"
    [ "$status" -eq 1 ]
    [[ $stderr == *"$words"* ]]
}

installed() { "$AJAR" pack list --json | jq -r '.name + "@" + .version' | xargs; }

# What it is for ----------------------------------------------------------------------------------------------

@test "by its name the newest is installed, and updated when there is a newer one" {
    publish acme/envelopes 1.1.0
    publish acme/envelopes 2.0.0-rc.1
    list
    "$AJAR" pack install --yes acme/envelopes
    [ "$(installed)" = acme/envelopes@1.1.0 ]
    publish acme/envelopes 1.2.0
    list
    "$AJAR" pack update --yes
    [ "$(installed)" = acme/envelopes@1.2.0 ]
    run "$AJAR" pack update --yes
    [ "$output" = "acme/envelopes 1.2.0: the newest" ]
}

@test "a range chooses among the versions" {
    publish acme/envelopes 1.1.0
    publish acme/envelopes 2.0.0
    list
    "$AJAR" pack install --yes 'acme/envelopes@>=1.0.0 <2.0.0'
    [ "$(installed)" = acme/envelopes@1.1.0 ]
    refused "no source has a version of it that fits" "$AJAR" pack install --yes 'acme/envelopes@>=3.0.0'
}

@test "what a pack requires is installed before it" {
    needing acme/more 1.0.0 acme/envelopes '>=1.0.0 <2.0.0'
    publish acme/envelopes 2.0.0
    list
    "$AJAR" pack install --yes acme/more
    [ "$(installed)" = "acme/envelopes@1.0.0 acme/more@1.0.0" ]
}

@test "for a pack that is refused nothing is installed that it requires" {
    SIGNER=index.key needing acme/more 1.0.0 acme/envelopes '>=1.0.0'
    list
    refused "which you do not trust for packs" "$AJAR" pack install --yes acme/more
    [ -z "$(installed)" ]
}

@test "an update breaks nothing that another pack requires: the newest that goes with it is taken, and what stays is said" {
    needing acme/more 1.0.0 acme/envelopes '>=1.0.0 <2.0.0'
    list
    "$AJAR" pack install --yes acme/more
    publish acme/envelopes 2.0.0
    list
    run --separate-stderr "$AJAR" pack update --yes
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = "acme/envelopes 1.0.0 stays, without 2.0.0: acme/more 1.0.0 requires acme/envelopes >=1.0.0 <2.0.0, not 2.0.0" ]
    publish acme/envelopes 1.5.0
    list
    "$AJAR" pack update --yes
    [ "$(installed)" = "acme/envelopes@1.5.0 acme/more@1.0.0" ]
}

@test "packs that require each other's new versions go up together" {
    needing acme/more 1.0.0 acme/envelopes '<2.0.0'
    list
    "$AJAR" pack install --yes acme/more
    publish acme/envelopes 2.0.0
    needing acme/more 2.0.0 acme/envelopes '>=2.0.0'
    list
    "$AJAR" pack update --yes
    [ "$(installed)" = "acme/envelopes@2.0.0 acme/more@2.0.0" ]
}

@test "packs go up together where one takes over another's probe, and not where both would have it" {
    needing acme/more 1.0.0 acme/envelopes '<2.0.0'
    list
    "$AJAR" pack install --yes acme/more
    publish acme/envelopes 2.0.0 's#relay/acme-plain#relay/acme-other#'
    publish acme/more 2.0.0 "s#^  \"api\"#  \"requires\": {\"acme/envelopes\": \">=2.0.0\"},\n  \"api\"#"
    list
    "$AJAR" pack update --yes
    [ "$(installed)" = "acme/envelopes@2.0.0 acme/more@2.0.0" ]
    [ "$("$AJAR" probes --json | jq -r 'select(.id == "relay/acme-plain") | .pack')" = acme/more@2.0.0 ]
    publish acme/envelopes 3.0.0 's#relay/acme-plain#relay/acme-third#'
    publish acme/more 3.0.0 's#relay/acme-plain#relay/acme-third#'
    list
    refused "probes/plain.lua of acme/more: the probe relay/acme-third is already defined by probes/plain.lua of acme/envelopes@3.0.0" \
        "$AJAR" pack update --yes
    [ "$(installed)" = "acme/envelopes@2.0.0 acme/more@2.0.0" ]
}

@test "so does one that is updated alone with what it needs, and with who needs it" {
    needing acme/more 1.0.0 acme/envelopes '<2.0.0'
    list
    "$AJAR" pack install --yes acme/more
    publish acme/envelopes 2.0.0
    needing acme/more 2.0.0 acme/envelopes '>=2.0.0'
    list
    "$AJAR" pack update --yes acme/envelopes
    [ "$(installed)" = "acme/envelopes@2.0.0 acme/more@2.0.0" ]
}

@test "where no newest versions go together, older ones are found" {
    publish acme/envelopes 2.0.0
    publish acme/envelopes 3.0.0
    needing acme/more 1.0.0 acme/envelopes '<3.0.0'
    needing acme/more 2.0.0 acme/envelopes '>=4.0.0'
    list
    "$AJAR" pack install --yes acme/more
    [ "$(installed)" = "acme/envelopes@2.0.0 acme/more@1.0.0" ]
}

@test "a pinned pack has no choice: others go with it, or stay" {
    "$AJAR" pack install --yes acme/envelopes
    "$AJAR" pack pin acme/envelopes
    publish acme/envelopes 2.0.0
    needing acme/more 1.0.0 acme/envelopes '>=2.0.0'
    list
    refused "acme/more 1.0.0 requires acme/envelopes >=2.0.0, not 1.0.0" "$AJAR" pack install --yes acme/more
    [ "$(installed)" = acme/envelopes@1.0.0 ]
}

@test "of packs that go together all are installed, or none" {
    SIGNER=index.key publish acme/envelopes 2.0.0
    needing acme/more 1.0.0 acme/envelopes '>=2.0.0'
    list
    refused "which you do not trust for packs" "$AJAR" pack install --yes acme/more
    [ -z "$(installed)" ]
}

@test "packs that require each other are no endless task" {
    needing acme/a 1.0.0 acme/b '>=1.0.0'
    needing acme/b 1.0.0 acme/a '>=1.0.0'
    list
    refused "some of these packs require each other" "$AJAR" pack install --yes acme/a
    [ -z "$(installed)" ]
}

@test "a pinned pack is not updated" {
    "$AJAR" pack install --yes acme/envelopes
    "$AJAR" pack pin acme/envelopes
    publish acme/envelopes 1.1.0
    list
    run "$AJAR" pack update --yes
    [ "$output" = "acme/envelopes 1.0.0: pinned" ]
}

# PORT of a web server that shows the folder "shop"; the file "asked" says what it was asked for.
serve_shop() {
    start_server port python3 -c 'import functools, http.server
server = http.server.HTTPServer(("127.0.0.1", 0), functools.partial(http.server.SimpleHTTPRequestHandler, directory="shop"))
print(server.server_address[1], flush=True)
server.serve_forever()' 2>asked
    "$AJAR" pack source remove acme
    "$AJAR" pack source add acme "http://127.0.0.1:$(cat port)" index.pub
}

@test "any web server can serve the folder" {
    serve_shop
    "$AJAR" pack install --yes acme/envelopes
    [ "$(installed)" = acme/envelopes@1.0.0 ]
}

@test "a pack is fetched once, and not at all where its version is no one to take" {
    publish acme/envelopes 1.1.0
    list
    serve_shop
    "$AJAR" pack install --yes acme/envelopes@=1.0.0
    "$AJAR" pack install --yes acme/envelopes
    [ "$(installed)" = acme/envelopes@1.1.0 ]
    [ "$(grep -c 'GET /envelopes-1.1.0.tar ' asked)" -eq 1 ]
    refused "1.1.0 is installed, which is newer" "$AJAR" pack install --yes acme/envelopes@=1.0.0
    [ "$(grep -c 'GET /envelopes-1.0.0.tar ' asked)" -eq 1 ]
    refused "1.1.0 is installed already" "$AJAR" pack install --yes acme/envelopes
}

@test "sources are listed, and taken away" {
    run "$AJAR" pack source list
    [[ $output == "acme "*" $PWD/shop" ]]
    "$AJAR" pack source remove acme
    refused "there are no sources" "$AJAR" pack install --yes acme/envelopes
    refused "there is no such source" "$AJAR" pack source remove acme
}

@test "a source that makes no line of its own is refused, and those that are there stay" {
    cp .config/ajar/packs.sources before
    mkdir $'new\nline' 'a blank' $'a\ttab'
    for words in "|shop" $'other|new\nline' 'other|a blank' $'other|a\ttab'; do
        run --separate-stderr "$AJAR" pack source add "${words%%|*}" "${words#*|}" index.pub
        echo "$words: $status: $stderr"
        [ "$status" -eq 2 ]
        cmp before .config/ajar/packs.sources
    done
}

# What somebody between could try ------------------------------------------------------------------------------

@test "an old list shown again is refused (roll-back)" {
    cp -r shop old
    publish acme/envelopes 1.1.0
    list
    "$AJAR" pack install --yes acme/envelopes
    cp old/index.json* shop/
    refused "it is number 1, and number 2 was seen before: somebody shows you an old list" "$AJAR" pack update --yes
    [ "$(installed)" = acme/envelopes@1.1.0 ]
}

@test "two lists of one number are refused (fork)" {
    "$AJAR" pack install --yes acme/envelopes
    rm shop/index.json*
    publish acme/envelopes 1.1.0
    list --name acme
    refused "there are two lists" "$AJAR" pack update --yes
}

@test "a list that has expired is refused (freeze)" {
    sed -i 's/"expires":"[0-9]*/"expires":"2025/; s/"serial":1/"serial":2/' shop/index.json
    rm shop/index.json.minisig
    minisign -S -q -s index.key -m shop/index.json -t "$(printf 'ajar-index/1\tname:acme\tserial:2\tutc:2025-01-01T00:00:00.000000Z')"
    run --separate-stderr "$AJAR" pack install --yes acme/envelopes
    [ "$status" -eq 1 ]
    [[ $stderr == *"it expired on "*"either nobody makes it any more, or somebody keeps the newer ones from you"* ]]
    [ -z "$(installed)" ]
}

@test "another file under a name of the list is refused (mix and match)" {
    publish acme/envelopes 1.1.0
    mv shop/envelopes-1.1.0.tar shop/envelopes-1.0.0.tar
    mv shop/envelopes-1.1.0.tar.minisig shop/envelopes-1.0.0.tar.minisig
    refused "envelopes-1.0.0.tar: it is not the file that the index names" "$AJAR" pack install --yes acme/envelopes
}

@test "a list by another key, of another name, or changed, is refused" {
    cp -r shop keep
    sed -i 's/"serial":1/"serial":9/' shop/index.json
    refused "shop/index.json: the signature does not hold" "$AJAR" pack install --yes acme/envelopes
    cp keep/* shop/
    list --name other
    refused "shop/index.json: it is the list of other" "$AJAR" pack install --yes acme/envelopes
    rm shop/index.json*
    "$AJAR" pack index -k k.key --name acme shop
    refused "shop/index.json: signed by the key" "$AJAR" pack install --yes acme/envelopes
}

@test "a list vouches for no pack: its own key must be trusted for it" {
    "$AJAR" key new --no-password -o thief.key
    SIGNER=thief.key publish acme/envelopes 1.1.0
    list
    refused "which you do not trust for packs" "$AJAR" pack install --yes acme/envelopes
    publish evil/envelopes 1.0.1
    list
    refused "is trusted for acme/, not for evil/envelopes" "$AJAR" pack install --yes evil/envelopes
}

@test "a name that is nearly another's is not taken for it (typo-squatting)" {
    refused "acme/envelope: no source has it; is acme/envelopes meant?" "$AJAR" pack install --yes acme/envelope
    [ -z "$(installed)" ]
}

@test "a pack that two sources have is nobody's until a person says whose" {
    cp -r shop twin
    rm twin/index.json*
    "$AJAR" pack index -k index.key --name twin twin
    "$AJAR" pack source add twin twin index.pub
    refused "both acme and twin have it" "$AJAR" pack install --yes acme/envelopes
}

@test "a version that was given once may not have other bytes later" {
    write_pack acme/envelopes 1.0.0
    echo more >folder/README.md
    "$AJAR" pack build -o other.tar folder
    mv other.tar shop/envelopes-1.0.0.tar
    refused "a version is given once" list
}

@test "a list that somebody put there is not signed: the one before must be the signer's own" {
    cp shop/index.json own.json
    sed -i 's/"serial":1/"serial":9/' shop/index.json
    refused "shop/index.json: it can't be gone on with, as this key did not sign it (the signature does not hold" list
    cp own.json shop/index.json
    refused "as this key did not sign it (signed by the key" "$AJAR" pack index -k k.key shop
    mv shop/index.json.minisig away
    refused "as this key did not sign it (it is not signed: there is no signature beside it)" list
    cmp own.json shop/index.json
    mv away shop/index.json.minisig
    list
}

@test "an expired list of the signer's own is gone on with" {
    sed -i 's/"expires":"[0-9]*/"expires":"2025/' shop/index.json
    rm shop/index.json.minisig
    minisign -S -q -s index.key -m shop/index.json -t "$(printf 'ajar-index/1\tname:acme\tserial:1\tutc:2025-01-01T00:00:00.000000Z')"
    list
    grep -q '"serial":2,' shop/index.json
}

@test "a pack whose signature is none, or is of another pack by the list's own key, is not listed" {
    echo nonsense >shop/envelopes-1.0.0.tar.minisig
    refused "shop/envelopes-1.0.0.tar.minisig: " list
    rm shop/envelopes-1.0.0.tar.minisig
    SIGNER=index.key publish acme/envelopes 1.1.0
    cp shop/envelopes-1.1.0.tar.minisig shop/envelopes-1.0.0.tar.minisig
    refused "shop/envelopes-1.0.0.tar.minisig: the signature does not hold" list
    grep -q '"serial":1,' shop/index.json
}

@test "a source that is removed and added again under another key begins anew, and another's numbers stay" {
    cp -r shop other
    rm other/index.json*
    mv other/envelopes-1.0.0.tar.minisig other/envelopes-1.0.0.tar .
    "$AJAR" pack index -k index.key --name other other
    cp -r other old
    "$AJAR" pack index -k index.key other
    "$AJAR" pack source add other other index.pub
    list
    "$AJAR" pack install --yes acme/envelopes
    rm shop/index.json*
    "$AJAR" key new --no-password -o next.key
    "$AJAR" pack index -k next.key --name acme shop
    "$AJAR" pack source remove acme
    "$AJAR" pack source add acme shop next.pub
    "$AJAR" pack update --yes
    cp old/index.json* other/
    refused "it is number 1, and number 2 was seen before" "$AJAR" pack update --yes
}

# What is withdrawn --------------------------------------------------------------------------------------------

@test "a yanked version is not installed, and said of whoever has it" {
    "$AJAR" pack install --yes acme/envelopes
    list --yank 'acme/envelopes@1.0.0=finds what is not there'
    run --separate-stderr "$AJAR" pack update --yes
    [ "$status" -eq 1 ]
    [[ $output == *"acme/envelopes 1.0.0 was withdrawn: finds what is not there"* ]]
    publish acme/envelopes 1.0.1
    list
    "$AJAR" pack update --yes
    [ "$(installed)" = acme/envelopes@1.0.1 ]
    refused "no source has a version of it that fits" "$AJAR" pack install --yes --older 'acme/envelopes@1.0.0'
}

@test "a withdrawn pack keeps no other from its update" {
    publish acme/more 1.0.0 's#relay/acme-plain#relay/acme-more#'
    publish acme/zeal 1.0.0 's#relay/acme-plain#relay/acme-zeal#'
    list
    for pack in envelopes more zeal; do "$AJAR" pack install --yes "acme/$pack"; done
    publish acme/zeal 1.1.0 's#relay/acme-plain#relay/acme-zeal#'
    list --yank 'acme/envelopes@1.0.0=finds what is not there' --yank 'acme/more@1.0.0=finds nothing'
    refused "acme/envelopes 1.0.0 was withdrawn, and there is no newer one: finds what is not there" "$AJAR" pack update --yes
    [[ $stderr == *"acme/more 1.0.0 was withdrawn, and there is no newer one: finds nothing"* ]]
    [ "$(installed)" = "acme/envelopes@1.0.0 acme/more@1.0.0 acme/zeal@1.1.0" ]
}

@test "of a withdrawn pack that is pinned the newer version is named" {
    "$AJAR" pack install --yes acme/envelopes
    "$AJAR" pack pin acme/envelopes
    publish acme/envelopes 1.1.0
    list --yank 'acme/envelopes@1.0.0=finds what is not there'
    refused "acme/envelopes 1.0.0 was withdrawn and is pinned: \`ajar pack unpin acme/envelopes\` lets 1.1.0 take its place" "$AJAR" pack update --yes
    [ "$(installed)" = acme/envelopes@1.0.0 ]
}

@test "what a revoked key signed is not installed, and said of whoever has it, with the source that says so" {
    "$AJAR" pack install --yes acme/envelopes
    list --revoke "$(tail -n 1 k.pub)=stolen on Friday"
    refused "was withdrawn, and there is no newer one: its key was revoked by the source acme: stolen on Friday" "$AJAR" pack update --yes
    publish acme/envelopes 1.1.0
    list
    refused "its key was revoked by the source acme: stolen on Friday" "$AJAR" pack update --yes
    [ "$(installed)" = acme/envelopes@1.0.0 ]
}

@test "what any source revokes is not installed from another" {
    mkdir second
    "$AJAR" pack index -k index.key --name second --revoke "$(tail -n 1 k.pub)=stolen on Friday" second
    "$AJAR" pack source add second second index.pub
    refused "its key was revoked by the source second: stolen on Friday" "$AJAR" pack install --yes acme/envelopes
    "$AJAR" pack trust remove k.pub
    refused "its key was revoked by the source second: stolen on Friday" "$AJAR" pack install --yes --untrusted acme/envelopes
    [ -z "$(installed)" ]
}

@test "another key of the same number is not the one that was revoked" {
    base64 -d <(tail -n 1 k.pub) >k.bin
    base64 -d <(tail -n 1 index.pub) >other.bin
    twin=$(cat <(head -c 10 k.bin) <(tail -c 32 other.bin) | base64 -w 0)
    list --revoke "$twin=made to be in the way"
    "$AJAR" pack install --yes acme/envelopes
    [ "$(installed)" = acme/envelopes@1.0.0 ]
}

@test "what is no such change is said" {
    refused_usage() {
        run --separate-stderr "$AJAR" pack index -k index.key "$@" shop
        [ "$status" -eq 2 ]
    }
    refused_usage --yank 'acme/envelopes@7.0.0=why'
    refused_usage --yank 'acme/envelopes@1.0.0'
    refused_usage --revoke 'RWnothing=why'
    grep -q '"serial":1,' shop/index.json
}

@test "of a pack all that a program wants to know is JSON" {
    needing acme/more 1.0.0 acme/envelopes '>=1.0.0 <2.0.0'
    run "$AJAR" pack info --json shop/more-1.0.0.tar
    [ "$(jq -c '[.name, .maintainers, .requires, .probes, .capabilities]' <<<"$output")" = \
        '["acme/more",["A <a@example.org>"],{"acme/envelopes":">=1.0.0 <2.0.0"},["probes/plain.lua"],["smtp"]]' ]
}

@test "a signature's file is for a pack's file, not for a name" {
    run --separate-stderr "$AJAR" pack install --yes -x k.pub acme/envelopes
    [ "$status" -eq 2 ]
    [[ $stderr == *"--signature is for a FILE.tar"* ]]
}

@test "of a server that keeps silent it is said what is waited for" {
    cat >silent.py <<'PYTHON'
import socket, time
server = socket.create_server(("127.0.0.1", 0))
print(server.getsockname()[1], flush=True)
peer, _ = server.accept()
time.sleep(4)
PYTHON
    start_server port python3 silent.py
    until [ -s port ]; do sleep 0.05; done
    url="http://127.0.0.1:$(cat port)/shop"
    "$AJAR" pack source remove acme
    "$AJAR" pack source add acme "$url" index.pub
    refused "ajar pack: fetching $url/index.json: it is slow, and has 60 seconds" "$AJAR" pack install --yes acme/envelopes
    [ "$(grep -c slow <<<"$stderr")" -eq 1 ]
}
