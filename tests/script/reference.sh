#!/bin/sh
# How the reference is made: see reference.lua.
cd "$(dirname "$0")/../.." || exit 1
lua=$(tools/lua.sh) || exit 1
exec "$lua" tests/script/reference.lua
