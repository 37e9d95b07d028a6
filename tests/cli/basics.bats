#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
# What holds for the program as a whole: help, version, wrong usage, exit status, lost output.

setup() {
    AJAR=${AJAR:-build/ajar}
}

widest() { awk '{ n = length($0); if (n > most) most = n } END { print most + 0 }'; }

commands() { "$AJAR" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'; }

@test "--version names the program and the version of this tree" {
    run "$AJAR" --version
    [ "$status" -eq 0 ]
    [ "$output" = "ajar $(cat VERSION)" ]
}

@test "--help lists the commands on stdout" {
    run --separate-stderr "$AJAR" --help
    [ "$status" -eq 0 ]
    [[ $output == "Usage: ajar COMMAND"* ]]
    [ -z "$stderr" ]
    [ -n "$(commands)" ]
}

@test "no command is wrong usage: the help goes to stderr" {
    run --separate-stderr "$AJAR"
    [ "$status" -eq 2 ]
    [ -z "$output" ]
    [[ $stderr == "Usage: ajar COMMAND"* ]]
}

@test "every help fits 80 columns and ends with status 0" {
    [ "$("$AJAR" --help | widest)" -le 80 ]
    for command in $(commands); do
        run --separate-stderr "$AJAR" "$command" --help
        echo "$command: status $status, $stderr"
        [ "$status" -eq 0 ]
        [ -z "$stderr" ]
        [[ $output == "Usage: ajar $command"* ]]
        [ "$("$AJAR" "$command" --help | widest)" -le 80 ]
    done
}

@test "'help COMMAND' is 'COMMAND --help'" {
    for command in $(commands); do
        [ "$("$AJAR" help "$command")" = "$("$AJAR" "$command" --help)" ]
    done
}

@test "an unknown command is named, with the one that was probably meant" {
    run --separate-stderr "$AJAR" verfy
    [ "$status" -eq 2 ]
    [ -z "$output" ]
    [ "$stderr" = "ajar: unknown command 'verfy'; did you mean 'ajar verify'?" ]
}

@test "a command that is like no other points to the help" {
    run --separate-stderr "$AJAR" frobnicate
    [ "$status" -eq 2 ]
    [ "$stderr" = "ajar: unknown command 'frobnicate'; see 'ajar --help'" ]
}

@test "an unknown option before the command is wrong usage" {
    run --separate-stderr "$AJAR" --frob
    [ "$status" -eq 2 ]
    [ "$stderr" = "ajar: unknown option '--frob'; see 'ajar --help'" ]
}

@test "every command refuses an option it does not know, in one line, with status 2" {
    for command in $(commands); do
        run --separate-stderr "$AJAR" "$command" --no-such-option
        echo "$command: status $status, $stderr"
        [ "$status" -eq 2 ]
        [ -z "$output" ]
        [ "$stderr" = "ajar $command: unknown option '--no-such-option'; see 'ajar $command --help'" ]
    done
}

@test "every command refuses a letter it does not know" {
    for command in $(commands); do
        run --separate-stderr "$AJAR" "$command" -%
        echo "$command: status $status, $stderr"
        [ "$status" -eq 2 ]
        [ "$stderr" = "ajar $command: unknown option '-%'; see 'ajar $command --help'" ]
    done
}

@test "terminal escapes in what was typed don't reach the terminal" {
    run --separate-stderr "$AJAR" $'fr\e[31mob'
    [ "$status" -eq 2 ]
    [[ $stderr != *$'\e'* ]]
}

@test "output that a full disk refuses is a failure" {
    run bash -c '"$0" --help >/dev/full' "$AJAR"
    [ "$status" -eq 1 ]
    [[ $output == *"No space left on device"* ]]
}

@test "output that nobody reads any more is a failure" {
    run bash -c 'set -o pipefail; { sleep 0.2; "$0" --help; } | true' "$AJAR"
    [ "$status" -eq 1 ]
    [[ $output == *"Broken pipe"* ]]
}

@test "a closed stdout is a failure, and no file is taken for it" {
    run bash -c '"$0" --version >&-' "$AJAR"
    [ "$status" -eq 1 ]
}

@test "without HOME the key is looked for at the user's home, not at the root" {
    run env -u HOME "$AJAR" key show
    [[ $output != *'(/.config/'* ]]
}
