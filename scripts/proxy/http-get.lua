-- An HTTP proxy that fetches any page for anyone.

local probe = ajar.probe {
    id = "proxy/http-get", kind = "proxy",
    ports = {
        80, 808, 1080, 3128, 4480, 6588, 8000, 8001, 8080, 8081, 8088, 8090, 8118, 8123, 8888, 9090, 9999,
        53281,
    },
    summary = "Fetches any page for any stranger by HTTP GET",
}

function probe.run(target)
    local token = ajar.token()
    local http = ajar.http.connect(target)
    local answered, response = pcall(http.get, http, token)
    if not answered then
        return ajar.unanswered(response, token, 1)
    elseif not response.ok then
        return ajar.http.refused(response)
    end
    local answer = response.body:sub(1, 4096):match("AJAR " .. token .. " (%x+) ")
    if answer then
        ajar.step(response, "the sink's page came back through the target")
    end
    local v = ajar.await(token, not answer and 1 or nil)
    if v.verdict == "suspect" then
        return ajar.closed(response, "answers with a page of its own: " .. tostring(response))
    elseif v.verdict == "open" and answer ~= v.receipt.answer then
        v.reason = "token returned, but its answer did not come back"
    end
    return v
end

return probe
