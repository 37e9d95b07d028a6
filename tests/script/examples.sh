#!/bin/sh
# The examples of doc/api, each of which must show what stands in it: see examples.py. $AJAR is the program.
cd "$(dirname "$0")/../.." || exit 1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
lua=$(tools/lua.sh) || exit 1
"$lua" tools/reference/main.lua examples doc/api "$folder" >"$folder/list" || exit 1
python3 -B tests/script/examples.py "${AJAR:-build/ajar}" "$folder" <"$folder/list"
