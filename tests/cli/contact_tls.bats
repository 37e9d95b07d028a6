#!/usr/bin/env bats
# ajar contact: RDAP over TLS. A registry's answer is believed only when its certificate is, and nothing leads out of TLS.
bats_require_minimum_version 1.5.0

load servers

setup_file() {
    cd "$BATS_FILE_TMPDIR" || return 1
    local ca new=(-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes)
    for ca in ca other; do
        openssl req -x509 "${new[@]}" -days 2 -subj "/CN=$ca" -keyout $ca.key -out $ca.pem 2>openssl.log
    done
    openssl req "${new[@]}" -subj /CN=registry -keyout key.pem -out csr 2>>openssl.log
    certificate right IP:127.0.0.1
    certificate wrong DNS:rdap.example
    certificate old IP:127.0.0.1 -days -1
    openssl req -x509 -key key.pem -days 2 -subj /CN=self -addext subjectAltName=IP:127.0.0.1 -out self.pem 2>>openssl.log
    start_server ports python3 "$BATS_TEST_DIRNAME/contact_tls_server.py" right=right.pem,key.pem wrong=wrong.pem,key.pem \
        old=old.pem,key.pem self=self.pem,key.pem tls11=right.pem,key.pem,TLSv1_1 2>asked
    until grep -q ready ports; do sleep 0.05; done
    REGISTRIES=$SERVER
    export REGISTRIES PORTS=$PWD/ports
}

certificate() { # NAME SUBJECT [OPTION]...
    echo "subjectAltName=$2" >ext
    openssl x509 -req -in csr -CA ca.pem -CAkey ca.key -extfile ext -out "$1.pem" "${@:3}" 2>>openssl.log
}

teardown_file() { kill "$REGISTRIES"; }

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    CA=$BATS_FILE_TMPDIR/ca.pem
    cd "$BATS_TEST_TMPDIR" || return 1
    export XDG_CACHE_HOME=$PWD/cache HOME=$PWD
    echo '{"rdap": {"rate": 1000}, "reach": ["127.0.0.0/8", "::1/128"]}' >services.json
    unset SSL_CERT_FILE
}

port() { sed -n "s/^$1 //p" "$PORTS"; }

# What comes of asking that server for that path, trusting CA.
ask() { # SERVER [PATH [OPTION]...]
    printf '{"services": [[["192.0.2.0/24"], ["https://127.0.0.1:%s/%s/"]]]}' "$(port "$1")" "${2:-ripe}" >bootstrap.json
    "$AJAR" contact --no-cache --services services.json --bootstrap bootstrap.json --timeout 5 -s rdap "${@:3}" 192.0.2.10 |
        jq -r '.sources[1] | [.state, (.code // .contacts[0].address), .error // ""] | join(" ")'
}

@test "a registry whose certificate is by an authority of --tls-ca, or of SSL_CERT_FILE, is believed" {
    [ "$(ask right ripe --tls-ca "$CA")" = "found Abuse@example-isp.no " ]
    export SSL_CERT_FILE=$CA
    [ "$(ask right)" = "found Abuse@example-isp.no " ]
}

@test "the authorities that are named count alone, and without them the system's" {
    [[ $(ask right ripe --tls-ca "$BATS_FILE_TMPDIR/other.pem") == "failed ETLS "* ]]
    [[ $(ask right) == "failed ETLS "* ]]
    [[ $(ask right ripe --tls-ca "$PWD/none.pem") == "failed ETLS "* ]]
}

@test "a certificate for another name, one that has expired and one that nobody has signed are refused" {
    local kind
    for kind in wrong old self; do
        [[ $(ask $kind ripe --tls-ca "$CA") == "failed ETLS "* ]] || { ask $kind ripe --tls-ca "$CA"; return 1; }
    done
    run ! grep -E "^GET (wrong|old|self) " "$BATS_FILE_TMPDIR/asked"
}

@test "TLS before 1.2 is refused" {
    [[ $(ask tls11 ripe --tls-ca "$CA") == "failed ETLS "* ]]
    run ! grep -E "^GET tls11 " "$BATS_FILE_TMPDIR/asked"
}

@test "a redirection from https to https is followed, where that certificate holds too" {
    [ "$(ask right "to=https:||127.0.0.1:$(port right)|ripe|" --tls-ca "$CA")" = "found Abuse@example-isp.no " ]
    [[ $(ask right "to=https:||127.0.0.1:$(port wrong)|ripe|" --tls-ca "$CA") == "failed ETLS "* ]]
}

@test "a redirection from https to http is refused, and nobody is asked there" {
    [[ $(ask right "to=http:||127.0.0.1:$(port plain)|ripe|" --tls-ca "$CA") == "failed EDENIED "*"https alone is followed"* ]]
    run ! grep -E "^GET plain " "$BATS_FILE_TMPDIR/asked"
}
