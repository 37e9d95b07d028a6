#!/usr/bin/env bash
# Prints data/spdx.json: the identifiers of SPDX's licence list, as two of Debian's packages have them, node-spdx-license-ids and
# node-spdx-exceptions: tools/spdx.sh >data/spdx.json
set -eu
lists=/usr/share/nodejs
jq -n --slurpfile current $lists/spdx-license-ids/index.json --slurpfile deprecated $lists/spdx-license-ids/deprecated.json \
    --slurpfile exceptions $lists/spdx-exceptions/index.json \
    '{licenses: ($current[0] | sort), deprecated: ($deprecated[0] | sort), exceptions: ($exceptions[0] | sort)}'
