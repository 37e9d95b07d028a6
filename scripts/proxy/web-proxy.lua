-- A page on a web server that fetches what its own URL names, for anyone: a web proxy (P22).

local probe = ajar.probe {
    id = "proxy/web-proxy", kind = "proxy", ports = { 80, 443, 8080, 8443 },
    summary = "Has a page that fetches any URL for any stranger (a web proxy)",
    args = ajar.proxy.args(),
    forms = ajar.web_proxy.forms(),
}

function probe.run(target)
    return ajar.web_proxy.test(target)
end

return probe
