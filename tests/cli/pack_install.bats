#!/usr/bin/env bats
# Packs installed: on whose word, what is kept, what is refused. HOME is the test's own folder.
bats_require_minimum_version 1.5.0

load servers
load packs

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    cd "$BATS_TEST_TMPDIR" || return 1
    export HOME=$PWD
    stderr='' output=''
    "$AJAR" key new --no-password -o k.key
    publish acme/envelopes 1.0.0
}

teardown() { stop_server; }

# Builds the pack and signs it with k.key: PACK-VERSION.tar and its signature.
publish() { # NAME VERSION
    write_pack "$1" "$2"
    "$AJAR" pack build folder
    "$AJAR" pack sign -k k.key "${1#*/}-$2.tar"
}

trust() { "$AJAR" pack trust add --yes --packs "${1:-acme/}" --capabilities "${2:-smtp}" "${@:3}" k.pub; }

refused() { # WORDS COMMAND…
    local words=$1
    shift
    run --separate-stderr "$@"
    echo "$status: $stderr"
    [ "$status" -eq 1 ]
    [[ $stderr == *"$words"* ]]
}

version_of() { "$AJAR" pack list --json | jq -r "select(.name == \"acme/envelopes\") | .version"; }

# On whose word ---------------------------------------------------------------------------------------------

@test "a pack of a trusted key says what it may do, and is one of those that there are" {
    trust
    run "$AJAR" pack install --yes envelopes-1.0.0.tar
    [[ $output == *"may           speak SMTP with a target, and send it mail for our own mailboxes"* ]]
    [[ $output == *"installed     acme/envelopes@1.0.0" ]]
    [ "$(version_of)" = 1.0.0 ]
    [ "$("$AJAR" probes --json | jq -r 'select(.pack == "acme/envelopes@1.0.0") | .id')" = relay/acme-plain ]
    "$AJAR" probes relay/acme-plain | grep -q '^pack *acme/envelopes@1.0.0$'
}

@test "nobody is trusted at first sight" {
    refused "which you do not trust for packs; \`ajar pack trust add\` takes a key" "$AJAR" pack install --yes envelopes-1.0.0.tar
    rm envelopes-1.0.0.tar.minisig
    refused "it is not signed" "$AJAR" pack install --yes envelopes-1.0.0.tar
    [ -z "$("$AJAR" pack list)" ]
    "$AJAR" pack install --yes --untrusted envelopes-1.0.0.tar
    [ "$("$AJAR" pack list --json | jq .signer)" = null ]
}

@test "where there is no terminal nobody is asked, and nothing is done without --yes" {
    trust
    refused "there is no terminal to ask on: --yes says yes" "$AJAR" pack install envelopes-1.0.0.tar </dev/null
    [ -z "$("$AJAR" pack list)" ]
}

@test "on a terminal a person is asked" {
    trust
    run script -qec "$AJAR pack install envelopes-1.0.0.tar" /dev/null <<<n
    [ "$status" -eq 1 ]
    [[ $output == *"Install it? [y/N]"* ]]
    [ -z "$("$AJAR" pack list)" ]
    script -qec "$AJAR pack install envelopes-1.0.0.tar" /dev/null <<<y
    [ "$(version_of)" = 1.0.0 ]
}

@test "a key is trusted for some packs, for some capabilities, for some days" {
    trust other/
    refused "is trusted for other/, not for acme/envelopes" "$AJAR" pack install --yes envelopes-1.0.0.tar
    "$AJAR" pack trust remove k.pub
    trust acme/ http,dns
    refused "is not trusted for packs that may speak SMTP" "$AJAR" pack install --yes envelopes-1.0.0.tar
    "$AJAR" pack trust remove k.pub
    trust acme/ smtp --until 2025-12-31
    refused "was trusted until 2025-12-31" "$AJAR" pack install --yes envelopes-1.0.0.tar
    [ -z "$("$AJAR" pack list)" ]
}

@test "a key that is trusted no longer runs nothing any more, and keeps nothing else from running" {
    trust
    "$AJAR" pack install --yes envelopes-1.0.0.tar
    "$AJAR" pack trust remove k.pub
    refused "the pack acme/envelopes@1.0.0 can't be used any more" "$AJAR" probes
    refused "the pack acme/envelopes@1.0.0 can't be used any more" "$AJAR" probes acme/envelopes
    refused "the pack acme/envelopes@1.0.0 can't be used any more" "$AJAR" probes relay
    "$AJAR" probes relay/third-party >/dev/null
    echo "# Envelopes" >folder/README.md
    "$AJAR" pack check folder
    publish acme/envelopes 1.1.0
    "$AJAR" pack install --yes --untrusted envelopes-1.1.0.tar
    "$AJAR" pack remove acme/envelopes
    "$AJAR" probes >/dev/null
}

@test "a signature of another pack, or of another version, is none of this one" {
    trust
    publish acme/envelopes 1.1.0
    refused "the signature does not hold" "$AJAR" pack install --yes -x envelopes-1.0.0.tar.minisig envelopes-1.1.0.tar
    printf x >>envelopes-1.1.0.tar
    refused "envelopes-1.1.0.tar" "$AJAR" pack install --yes envelopes-1.1.0.tar
}

@test "the list of keys is the operator's to edit, and what is wrong in it is said with its line" {
    trust '*' all --name 'ACME security team'
    "$AJAR" pack trust list | grep -q '\* .* all .* ACME security team$'
    echo 'RWnothing - - acme/ smtp' >>.config/ajar/packs.trust
    refused "packs.trust: line 2" "$AJAR" pack trust list
    refused "packs.trust: line 2" "$AJAR" pack install --yes envelopes-1.0.0.tar
}

@test "the same pack signed by another key takes that signature: a key has a successor" {
    trust
    "$AJAR" pack install --yes envelopes-1.0.0.tar
    refused "acme/envelopes 1.0.0 is installed already" "$AJAR" pack install --yes envelopes-1.0.0.tar
    "$AJAR" key new --no-password -o next.key
    "$AJAR" pack sign -k next.key -o next.minisig envelopes-1.0.0.tar
    "$AJAR" pack trust add --yes --packs acme/ --capabilities smtp next.pub
    "$AJAR" pack install --yes -x next.minisig envelopes-1.0.0.tar
    [ "$("$AJAR" pack list --json | jq -r .signer)" = "$(tail -n 1 next.pub)" ]
    "$AJAR" pack trust remove k.pub
    "$AJAR" probes >/dev/null
    refused "acme/envelopes 1.0.0 is installed already" "$AJAR" pack install --yes -x next.minisig envelopes-1.0.0.tar
    refused "no version before this one is kept" "$AJAR" pack rollback acme/envelopes
}

@test "a pack taken untrusted gets its signer once that is trusted" {
    "$AJAR" pack install --yes --untrusted envelopes-1.0.0.tar
    refused "is installed already" "$AJAR" pack install --yes --untrusted envelopes-1.0.0.tar
    trust
    "$AJAR" pack install --yes envelopes-1.0.0.tar
    [ "$("$AJAR" pack list --json | jq -r .signer)" = "$(tail -n 1 k.pub)" ]
    "$AJAR" probes >/dev/null
}

# What is kept ----------------------------------------------------------------------------------------------

@test "a newer version takes the older one's place, and a rollback brings that back" {
    trust
    "$AJAR" pack install --yes envelopes-1.0.0.tar
    publish acme/envelopes 1.1.0
    "$AJAR" pack install --yes envelopes-1.1.0.tar
    [ "$(version_of)" = 1.1.0 ]
    "$AJAR" pack rollback acme/envelopes
    [ "$(version_of)" = 1.0.0 ]
    "$AJAR" probes >/dev/null
    refused "no version before this one is kept" "$AJAR" pack rollback acme/envelopes
}

@test "an older one, or another of the same version, is taken for an attack" {
    trust
    publish acme/envelopes 1.1.0
    "$AJAR" pack install --yes envelopes-1.1.0.tar
    refused "1.1.0 is installed, which is newer: --older takes this one" "$AJAR" pack install --yes envelopes-1.0.0.tar
    write_pack acme/envelopes 1.1.0
    echo 'more' >folder/README.md
    "$AJAR" pack build -o other.tar folder
    "$AJAR" pack sign -k k.key other.tar
    refused "is installed with other bytes" "$AJAR" pack install --yes other.tar
    "$AJAR" pack install --yes --older envelopes-1.0.0.tar
    [ "$(version_of)" = 1.0.0 ]
}

@test "a pack that is pinned stays as it is" {
    trust
    "$AJAR" pack install --yes envelopes-1.0.0.tar
    "$AJAR" pack pin acme/envelopes
    publish acme/envelopes 1.1.0
    refused "acme/envelopes stays at 1.0.0" "$AJAR" pack install --yes envelopes-1.1.0.tar
    "$AJAR" pack unpin acme/envelopes
    "$AJAR" pack install --yes envelopes-1.1.0.tar
    [ "$(version_of)" = 1.1.0 ]
}

@test "the files lie there by their digest, and go when nothing names them" {
    trust
    "$AJAR" pack install --yes envelopes-1.0.0.tar
    digest=$(sha256sum envelopes-1.0.0.tar | cut -d ' ' -f 1)
    cmp envelopes-1.0.0.tar ".local/share/ajar/packs/$digest.tar"
    "$AJAR" pack remove acme/envelopes
    [ ! -e ".local/share/ajar/packs/$digest.tar" ]
    [ -z "$("$AJAR" pack list)" ]
}

@test "a file that was changed since it was installed runs no more" {
    trust
    "$AJAR" pack install --yes envelopes-1.0.0.tar
    publish acme/envelopes 1.1.0
    cp envelopes-1.1.0.tar .local/share/ajar/packs/"$(sha256sum envelopes-1.0.0.tar | cut -d ' ' -f 1)".tar
    refused "it was changed since it was installed" "$AJAR" probes
}

@test "a file of another name or version than packs.json says runs not" {
    trust
    "$AJAR" pack install --yes envelopes-1.0.0.tar
    cp .local/share/ajar/packs/packs.json keep.json
    sed -i 's/"version":"1.0.0"/"version":"9.0.0"/' .local/share/ajar/packs/packs.json
    refused "it is acme/envelopes@1.0.0, and packs.json beside it says that it is another pack or version" "$AJAR" probes
    sed 's#acme/envelopes#acme/others#' keep.json >.local/share/ajar/packs/packs.json
    refused "it is acme/envelopes@1.0.0, and packs.json beside it says that it is another pack or version" "$AJAR" probes
    cp keep.json .local/share/ajar/packs/packs.json
    "$AJAR" probes >/dev/null
}

@test "a pack that requires another waits for it, and is not left without it" {
    trust
    write_pack acme/more 1.0.0
    sed -i 's#^  "api"#  "requires": {"acme/envelopes": ">=1.1.0 <2.0.0"},\n  "api"#; ' folder/pack.json
    sed -i 's#relay/acme-plain#relay/acme-more#' folder/probes/plain.lua
    "$AJAR" pack build folder
    "$AJAR" pack sign -k k.key more-1.0.0.tar
    refused "acme/more requires acme/envelopes >=1.1.0 <2.0.0, which is not installed" "$AJAR" pack install --yes more-1.0.0.tar
    "$AJAR" pack install --yes envelopes-1.0.0.tar
    refused "and 1.0.0 is installed" "$AJAR" pack install --yes more-1.0.0.tar
    publish acme/envelopes 1.1.0
    "$AJAR" pack install --yes envelopes-1.1.0.tar
    "$AJAR" pack install --yes more-1.0.0.tar
    refused "acme/more requires it: remove that first" "$AJAR" pack remove acme/envelopes
}

@test "a rollback breaks nothing that is required, by others or by the version brought back" {
    trust
    publish_more() { # VERSION RANGE
        write_pack acme/more "$1"
        sed -i "s#^  \"api\"#  \"requires\": {\"acme/envelopes\": \"$2\"},\n  \"api\"#" folder/pack.json
        sed -i 's#relay/acme-plain#relay/acme-more#' folder/probes/plain.lua
        "$AJAR" pack build folder
        "$AJAR" pack sign -k k.key "more-$1.tar"
        rm -r folder
    }
    publish acme/envelopes 1.1.0
    publish_more 1.0.0 '<1.1.0'
    publish_more 1.1.0 '>=1.0.0'
    publish_more 1.2.0 '>=1.1.0'
    "$AJAR" pack install --yes envelopes-1.0.0.tar
    "$AJAR" pack install --yes more-1.0.0.tar
    "$AJAR" pack install --yes more-1.1.0.tar
    "$AJAR" pack install --yes envelopes-1.1.0.tar
    refused "acme/more requires acme/envelopes <1.1.0, and 1.1.0 is installed" "$AJAR" pack rollback acme/more
    "$AJAR" pack install --yes more-1.2.0.tar
    refused "acme/more, which is installed, requires acme/envelopes >=1.1.0: not 1.0.0" "$AJAR" pack rollback acme/envelopes
    refused "acme/more, which is installed, requires" "$AJAR" pack install --yes --older envelopes-1.0.0.tar
    [ "$("$AJAR" pack list --json | jq -r '.name + "@" + .version' | xargs)" = "acme/envelopes@1.1.0 acme/more@1.2.0" ]
}

@test "two that are installed at once are both there" {
    trust
    write_pack acme/more 1.0.0
    sed -i 's#relay/acme-plain#relay/acme-more#' folder/probes/plain.lua
    "$AJAR" pack build folder
    "$AJAR" pack sign -k k.key more-1.0.0.tar
    "$AJAR" pack install --yes more-1.0.0.tar &
    "$AJAR" pack install --yes envelopes-1.0.0.tar
    wait
    [ "$("$AJAR" pack list --json | jq -r .name | xargs)" = "acme/envelopes acme/more" ]
}

# What runs -------------------------------------------------------------------------------------------------

@test "an installed pack is one among others: chosen by its name or its probes, and its signer stands in the bundle" {
    trust
    "$AJAR" pack install --yes envelopes-1.0.0.tar
    SINK=$(free_port)
    start_simulators 189 relay-open
    "$AJAR" probe --json -k k.key -e e.tar -p acme/envelopes --sink "127.0.0.1:$SINK" "$(target relay-open)" >out
    [ "$(jq -r '.probe + " " + .verdict' out)" = "relay/acme-plain open" ]
    tar xOf e.tar e/data/run.json | jq -r '.packs[] | select(.pack == "acme/envelopes@1.0.0") | .signer' | grep -qxF "$(tail -n 1 k.pub)"
    tar xOf e.tar e/data/packs/acme/envelopes/envelopes-1.0.0.tar.minisig | cmp - envelopes-1.0.0.tar.minisig
    "$AJAR" verify -P k.pub e.tar
    "$AJAR" replay e.tar
}

@test "of a pack of which nothing was asked no process is started, and nothing is in the bundle" {
    trust
    "$AJAR" pack install --yes envelopes-1.0.0.tar
    SINK=$(free_port)
    start_simulators 189 relay-open
    "$AJAR" probe --json -k k.key -e e.tar -p relay/third-party --sink "127.0.0.1:$SINK" "$(target relay-open)" >out
    run ! grep -q acme <(tar tf e.tar)
}

@test "a file beside a signature of a trusted key that is not its own is not run" {
    trust
    publish acme/envelopes 1.1.0
    cp envelopes-1.0.0.tar.minisig envelopes-1.1.0.tar.minisig
    refused "envelopes-1.1.0.tar: the signature does not hold" "$AJAR" probes envelopes-1.1.0.tar
}

@test "an author who has installed his own pack can go on checking it" {
    trust
    "$AJAR" pack install --yes envelopes-1.0.0.tar
    echo "# Envelopes" >folder/README.md
    "$AJAR" pack check folder
}

@test "as many packs as can be installed can be used" {
    trust
    for n in $(seq 20); do
        write_pack "acme/p$n" 1.0.0
        sed -i "s#relay/acme-plain#relay/acme-p$n#" folder/probes/plain.lua
        "$AJAR" pack build folder
        "$AJAR" pack sign -k k.key "p$n-1.0.0.tar"
        "$AJAR" pack install --yes "p$n-1.0.0.tar" >/dev/null
    done
    [ "$("$AJAR" probes --json | jq -r 'select(.pack | startswith("acme/")) | .id' | wc -l)" -eq 20 ]
}

@test "a file that is named takes the place of what is installed" {
    trust
    "$AJAR" pack install --yes envelopes-1.0.0.tar
    publish acme/envelopes 1.1.0
    [ "$("$AJAR" probes --json envelopes-1.1.0.tar | jq -r .pack)" = acme/envelopes@1.1.0 ]
}

# What a bundle says of who signed ---------------------------------------------------------------------------

# A run of the installed pack: e.tar.
run_installed() {
    trust
    "$AJAR" pack install --yes envelopes-1.0.0.tar
    SINK=$(free_port)
    start_simulators 189 relay-closed
    "$AJAR" probe --json -k k.key -e e.tar -p acme/envelopes --sink "127.0.0.1:$SINK" "$(target relay-closed)" >out
}

@test "a bundle that says that another signed its pack is not believed" {
    run_installed
    "$AJAR" key new --no-password -o other.key
    "$BATS_TEST_DIRNAME"/resealed.py e.tar lie.tar k data/run.json '"signer":"[^"]*"' "\"signer\":\"$(tail -n 1 other.pub)\""
    refused "lie.tar: data/packs/acme/envelopes/envelopes-1.0.0.tar.minisig: signed by the key" "$AJAR" replay lie.tar
    refused "envelopes-1.0.0.tar.minisig: signed by the key" "$AJAR" verify -P k.pub lie.tar
    "$BATS_TEST_DIRNAME"/resealed.py e.tar nobody.tar k data/run.json '"signer":"[^"]*"' '"signer":null'
    refused "data/run.json says that nobody signed the pack" "$AJAR" replay nobody.tar
}

@test "what is built in was signed by nobody, whatever a bundle says" {
    run_installed
    "$BATS_TEST_DIRNAME"/resealed.py e.tar lie.tar k data/run.json '("pack":"builtin@[^}]*)"signer":null' "\\1\"signer\":\"$(tail -n 1 k.pub)\""
    refused "says that what is no pack was signed by somebody" "$AJAR" replay lie.tar
    refused "says that what is no pack was signed by somebody" "$AJAR" verify -P k.pub lie.tar
}

@test "a bundle whose pack was changed beside its signature is not believed" {
    run_installed
    "$BATS_TEST_DIRNAME"/resealed.py e.tar lie.tar k '*/envelopes-1.0.0.tar' 'One more' 'One less'
    refused "the signature does not hold" "$AJAR" replay lie.tar
    refused "is not that of its files in the bundle" "$AJAR" verify -P k.pub lie.tar
}

# What is said of it ------------------------------------------------------------------------------------------

@test "an installed pack is shown by its name, with whose signature it was taken by" {
    trust
    "$AJAR" pack install --yes envelopes-1.0.0.tar
    rm envelopes-1.0.0.tar*
    run -0 "$AJAR" pack info acme/envelopes
    [ "${lines[0]}" = "pack          acme/envelopes" ]
    [[ $output == *"signed        by key "* ]]
    [ "$("$AJAR" pack info -j acme/envelopes | jq -c '[.name, .version, .signer != null]')" = '["acme/envelopes","1.0.0",true]' ]
    refused "acme/none: no such pack is installed, nor is there such a file" "$AJAR" pack info acme/none
}

@test "a key that is trusted already is not added once more: it is said how" {
    trust
    cp .config/ajar/packs.trust before
    refused "is there already, for acme/: \`ajar pack trust remove " trust other/
    [[ $stderr == *" takes it away first" ]]
    cmp before .config/ajar/packs.trust
    "$AJAR" pack trust remove "$(grep -o 'trust remove [^`]*' <<<"$stderr" | cut -d ' ' -f 3)"
    trust other/
}

@test "what a killed change has left behind is gone with the next" {
    trust
    "$AJAR" pack install --yes envelopes-1.0.0.tar
    packs=.local/share/ajar/packs
    archive=$(cd $packs && echo ????*.tar)
    touch "$packs/packs.json.new-aB3dEf" "$packs/$archive.new-aB3dEf" "$packs/mine.new-aB3dEf"
    "$AJAR" pack pin acme/envelopes
    [ "$(cd $packs && echo *.new-*)" = mine.new-aB3dEf ]
    [ -e "$packs/$archive" ]
}

@test "a script by its path takes the place of an installed probe of its id: that is the file one works on" {
    trust
    "$AJAR" pack install --yes envelopes-1.0.0.tar
    sed 's/function probe.run(target)/&\n    do return ajar.closed("the file") end/' folder/probes/plain.lua >mine.lua
    "$AJAR" probe --json -p mine.lua 127.0.0.1:9 >out
    [ "$(jq -r '.probe + " " + .reason' out)" = "relay/acme-plain the file" ]
    [ "$("$AJAR" probes --json mine.lua | jq -r .pack)" != acme/envelopes@1.0.0 ]
}
