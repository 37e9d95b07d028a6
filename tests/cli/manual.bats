#!/usr/bin/env bats
# The manuals and the completion of the shell, which come from the words of --help.
bats_require_minimum_version 1.5.0

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    TOOL=$(realpath tools/manuals.sh)
    TESTS=$(realpath tests/cli)
    cd "$BATS_TEST_TMPDIR" || return 1
    "$TOOL" "$AJAR" man
    "$TOOL" --api man
    stderr=''
}

commands() { "$AJAR" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'; }

text_of() { MANWIDTH=200 LC_ALL=C man -P cat -l "man/$1.1" | sed 's/.\x08//g'; }

@test "there is a manual for the program and for each command" {
    [ -s man/ajar.1 ]
    for command in $(commands); do
        [ -s "man/ajar-$command.1" ]
        grep -q "ajar..$command (1)" man/ajar.1
    done
}

@test "so there is for each command that is one of another's" {
    "$AJAR" help --parts | grep -qx 'pack install'
    while read -r words; do
        page=ajar-${words// /-}
        [ -s "man/$page.1" ]
        grep -q "${words#* } (1)" "man/ajar-${words%% *}.1"
        # shellcheck disable=SC2086
        [ "$("$AJAR" help $words)" = "$("$AJAR" $words --help)" ]
    done < <("$AJAR" help --parts)
}

@test "no manual has a fault that mandoc or man would name" {
    for page in man/*.[13]; do
        run mandoc -T lint "$page"
        echo "$output"
        [ -z "$output" ]
        # shellcheck disable=SC2016
        run bash -c 'LC_ALL=C.UTF-8 man --warnings -l "$0" 2>&1 >/dev/null' "$page"
        echo "$output"
        [ -z "$output" ]
    done
}

@test "a manual says all that --help says" {
    for command in $(commands); do
        text_of "ajar-$command" | tr -s ' \n' ' ' >said
        for option in $("$AJAR" "$command" --help | grep -o '^  [-a-zA-Z, ]*--[a-z-]*' | grep -o -- '--.*'); do
            grep -q -- " $option " said || { echo "$command: $option"; false; }
        done
    done
    text_of ajar-probe | grep -q 'targets from a list, one a line, or from a CSV with a column "ip"'
    text_of ajar-key | grep -q '^ *new  *makes the pair of keys'
}

@test "the API that scripts use has manuals, a section for each function with its example" {
    MANWIDTH=200 LC_ALL=C.UTF-8 man -P cat -l man/ajar.smtp.3 | sed 's/.\x08//g' >said
    grep -q '^ *session:rcpt(forward_path)$' said
    grep -q 'local plain = smtp:rcpt(mailbox) --> 554 5.7.1 Relay access denied' said
    grep -q 'ajar.relay (3)\|ajar.relay(3)' said
    [ -s man/ajar.sim.3 ]
    grep -q 'ajar (3)' man/ajar-run.1
}

@test "the same words at the same time give the same manual" {
    export SOURCE_DATE_EPOCH=86400
    [[ $("$AJAR" help --man show | head -n 1) == '.TH "AJAR\-SHOW" 1 1970-01-02 "ajar '*'"' ]]
    [ "$("$AJAR" help --man show)" = "$("$AJAR" help --man show)" ]
}

@test "the shell completes commands and options, and leaves the rest to files" {
    # shellcheck disable=SC1091
    source man/ajar.bash
    complete_words() {
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
        _ajar
        echo "${COMPREPLY[*]}"
    }
    [ "$(complete_words ajar pro)" = "probe probes" ]
    [ "$(complete_words ajar probe --in)" = "--input --inflight" ]
    [ "$(complete_words ajar key --no)" = "--no-password" ]
    [ -z "$(complete_words ajar show bun)" ]
    [ "$(complete_words ajar pack un)" = unpin ]
    [ "$(complete_words ajar pack install --un)" = --untrusted ]
}

# The line that zsh makes of LINE when Tab is pressed.
zsh_line() { # LINE
    local folder
    folder=$(mktemp -d "$BATS_TEST_TMPDIR/zsh-XXXXXX")
    touch "$folder/bundle.tar"
    (cd "$folder" && HOME=$folder zsh -f "$TESTS/complete.zsh" "$BATS_TEST_TMPDIR/man" "$1")
}

@test "zsh completes commands, those of a command, options and files" {
    command -v zsh >/dev/null || skip "no zsh"
    [ "$(zsh_line 'ajar inb')" = "ajar inbox " ]
    [ "$(zsh_line 'ajar pack unp')" = "ajar pack unpin " ]
    [ "$(zsh_line 'ajar probe --infl')" = "ajar probe --inflight=" ]
    [ "$(zsh_line 'ajar pack install --untr')" = "ajar pack install --untrusted " ]
    [ "$(zsh_line 'ajar show bun')" = "ajar show bundle.tar " ]
    [ "$(zsh_line 'ajar probe -e bun')" = "ajar probe -e bundle.tar " ]
    [ "$(zsh_line 'ajar probe --wait bun')" = "ajar probe --wait bun" ]
    [ "$(zsh_line 'ajar help inb')" = "ajar help inbox " ]
}

@test "fish completes them too, and says what each is about" {
    command -v fish >/dev/null || skip "no fish"
    touch bundle.tar
    # shellcheck disable=SC2016 # a variable of fish
    offered() { HOME=$PWD fish --no-config -c 'source man/ajar.fish; complete -C $argv[1]' "$1"; }
    [ "$(offered 'ajar inb')" = $'inbox\tsorts what came back, by letter' ]
    [ "$(offered 'ajar pack unp')" = $'unpin\tlets a pack be replaced again' ]
    [ "$(offered 'ajar probe --in' | cut -f 1 | paste -sd ' ')" = "--inflight --input" ]
    [ "$(offered 'ajar pack install --un' | cut -f 1)" = --untrusted ]
    [ "$(offered 'ajar show bun' | cut -f 1)" = bundle.tar ]
    [ "$(offered 'ajar probe -e bun' | cut -f 1)" = bundle.tar ]
    [ -z "$(offered 'ajar probe --wait bun')" ]
    [ "$(offered 'ajar help inb' | cut -f 1)" = inbox ]
}

@test "'help' with what there is not is wrong usage" {
    run -2 --separate-stderr "$AJAR" help shwo
    [ "$stderr" = "ajar: unknown command 'shwo'; did you mean 'ajar show'?" ]
    run -2 --separate-stderr "$AJAR" help --man shwo
    run -2 --separate-stderr "$AJAR" help show me
    [[ $stderr == *"'me' is one word too many"* ]]
}
