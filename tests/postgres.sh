#!/usr/bin/env bash
# A PostgreSQL cluster for tests: unprivileged, in a folder of its own, on a socket alone.
#
#     tests/postgres.sh start FOLDER    makes it there, starts it, and prints the folder of its socket, which is FOLDER
#     tests/postgres.sh stop FOLDER     ends it, and removes the folder
#     tests/postgres.sh halt FOLDER     ends it, as a server that is away
#     tests/postgres.sh go_on FOLDER    starts it again
#     tests/postgres.sh run COMMAND...  with AJAR_POSTGRES naming the socket's folder, and ends it; where PostgreSQL is not
#                                       installed it is empty, and that is said on stderr
#
# The superuser and the database are called ajar. Nothing is synced to the disk: it lives for a test.
set -eu

# Debian's own wrappers want clusters in /etc.
programs() {
    local folder
    for folder in /usr/lib/postgresql/*/bin "$(dirname "$(command -v initdb || echo /none/initdb)")"; do
        [ ! -x "$folder/initdb" ] || { echo "$folder"; return 0; }
    done
    return 1
}

# initdb refuses root.
as_nobody() {
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --reuid=nobody --regid=nogroup --clear-groups env HOME="$1" "${@:2}"
    else
        env HOME="$1" "${@:2}"
    fi
}

serve() { # FOLDER
    as_nobody "$1" "$(programs)/pg_ctl" --pgdata="$1/data" --log="$1/server.log" --wait --timeout=120 --silent \
        --options="-k $1 -c listen_addresses= -c fsync=off -c max_connections=60 -c shared_buffers=64MB" start \
        >/dev/null || { cat "$1/server.log" >&2; return 1; }
}

halt() { # FOLDER
    cd /
    as_nobody "$1" "$(programs)/pg_ctl" --pgdata="$1/data" --mode=immediate --wait --silent stop >/dev/null
}

go_on() { # FOLDER
    cd /
    serve "$1"
}

start() { # FOLDER
    local bin folder=$1
    bin=$(programs)
    mkdir -p "$folder"
    folder=$(realpath "$folder")
    [ "$(id -u)" -ne 0 ] || chown nobody:nogroup "$folder"
    cd "$folder"
    as_nobody "$folder" "$bin/initdb" --pgdata="$folder/data" --username=ajar --auth=trust --no-sync \
        --encoding=UTF8 --locale=C.UTF-8 >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; return 1; }
    serve "$folder"
    "$bin/createdb" --host="$folder" --username=ajar ajar
    echo "$folder"
}

stop() { # FOLDER
    local bin folder
    bin=$(programs)
    folder=$(realpath "$1")
    cd /
    as_nobody "$folder" "$bin/pg_ctl" --pgdata="$folder/data" --mode=immediate --wait --silent stop >/dev/null || true
    rm -rf "$folder"
}

run() { # COMMAND...
    local folder status=0
    if ! programs >/dev/null; then
        echo "PostgreSQL is not installed: what needs it is skipped" >&2
        AJAR_POSTGRES='' "$@"
        return
    fi
    folder=$(mktemp -d /tmp/ajar-postgres-XXXXXX)
    # shellcheck disable=SC2064 # this folder
    trap "stop '$folder'" EXIT
    (start "$folder" >/dev/null)
    AJAR_POSTGRES=$folder "$@" || status=$?
    return "$status"
}

command=$1
shift
"$command" "$@"
