-- A proxy that lets strangers in to services which listen for its own machine alone (a pivot, P16). Such a service may
-- log the visit, so it runs only when asked for.

local probe = ajar.probe {
    id = "proxy/local-service", kind = "proxy",
    ports = {
        80, 81, 443, 808, 1080, 3128, 4480, 6588, 8000, 8001, 8080, 8081, 8088, 8090, 8118, 8123, 8443, 8888, 9000, 9090,
        9999, 53281,
    },
    summary = "Leads strangers to services of the proxy's own machine, by CONNECT or GET",
    categories = { "intrusive" }, args = ajar.local_service.args(), forms = ajar.local_service.forms(),
}

function probe.run(target)
    return ajar.local_service.test(target)
end

return probe
