#!/bin/sh
# Makes data/view/noble.js again, the library by which a page of `ajar view` checks digests and signatures: two packages of
# npm, whose digests stand here, put together by a third. Needs npm and the network; the build does not, as the file is kept.
#
#     tools/view-library.sh           makes it; git diff shows whether it is the same
set -eu
cd "$(dirname "$0")/.."

ED25519='@noble/ed25519@3.2.0 criDgRlnUA09hchYrTy/JUWPIEap5rZxQe6wDWzRx51oWWpDRcUpuNzlgPxDJaOK6AsW9c0wKcj3rKRv6t+bPQ=='
HASHES='@noble/hashes@2.4.0 X5XaVWZIBCT7HHZGm5I7ZQXDwLG+bGXuSrMQAW+7Zvl87h1kmc1ZB1VSRJcpUfoUrGQp4Fkoxm5kZ+Ms+aW+eA=='
ESBUILD='@esbuild/linux-x64@0.25.9 iSwByxzRe48YVkmpbgoxVzn76BXjlYFXC7NvLYq+b+kDjyyk30J0JY47DIn8z1MO3K0oSl9fZoRmZPQI4Hklzg=='

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Unpacks NAME@VERSION to where a program looks for NAME, if its SHA-512 is the one given.
get() { # NAME@VERSION SHA512
    name=${1%@*}
    file=$work/$(cd "$work" && npm pack --silent "$1")
    if [ "$(openssl dgst -sha512 -binary "$file" | base64 -w 0)" != "$2" ]; then
        echo "$1: another SHA-512 than the one in $0" >&2
        exit 1
    fi
    mkdir -p "$work/node_modules/$name"
    tar -xzf "$file" -C "$work/node_modules/$name" --strip-components=1
}

# shellcheck disable=SC2086
{
    get $ED25519
    get $HASHES
    get $ESBUILD
}

cat >"$work/noble.js" <<'JS'
import { hashes, verify } from "@noble/ed25519";
import { blake2b } from "@noble/hashes/blake2.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { shake256 } from "@noble/hashes/sha3.js";
hashes.sha512 = sha512;
export { blake2b, sha256, shake256, verify };
JS
{
    echo "/*! $(echo "$ED25519" | cut -d' ' -f1) and $(echo "$HASHES" | cut -d' ' -f1), made by tools/view-library.sh. Their licence, one but for the year:"
    echo
    sed 's/^Copyright.*2022/Copyright (c) 2019, 2022/' "$work/node_modules/@noble/hashes/LICENSE"
    echo '*/'
    (cd "$work" && node_modules/@esbuild/linux-x64/bin/esbuild noble.js --bundle --minify --format=iife \
        --global-name=noble --target=es2020 --charset=ascii --legal-comments=none)
} >"$work/out.js"
mv "$work/out.js" data/view/noble.js
