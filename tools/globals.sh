#!/bin/sh
# No mutable variable outlives a function call, outside core/cli/: two of anything must be able to
# live in one process, and a test must not depend on the test before it.
#
#     tools/globals.sh BUILD
#
# Reads the objects under BUILD and prints each variable that stands in a writable section.
set -eu

build=$1
status=0
for source in core/*/*.c; do
    case $source in core/cli/*) continue ;; esac
    [ -e "$build/${source%.c}.o" ] || continue # does not compile: said elsewhere
    found=$(nm --format=sysv "$build/${source%.c}.o" |
        awk -F'|' '$7 ~ /^\.t?(data|bss)/ && $7 !~ /^\.data\.rel\.ro/ || $7 ~ /COM/ { print $1 }')
    for name in $found; do
        echo "$source:1: '$name' is a variable of file scope"
        status=1
    done
done
exit $status
