-- Mail servers that write mail of their own when they have taken ours: ticket desks, autoresponders, reports of a delay. Some
-- relay, and most do not.

local NAME, DESK = "mail.sim.test", "<support@mail.sim.test>"
local THIRD, ENVELOPE, EVERY = "relay/third-party", "relay/envelope", "relay/every-form"
local OTHERS = { "relay/starttls", "relay/xclient", "relay/proxy-header", "relay/srs", "relay/normalise",
    "relay/second-recipient" }
local list = {}

---`write` gets sender, recipient and message, once for each that was taken: of anyone to a plain mailbox elsewhere.
---`every`: of relay/every-form, where that is another.
local function scenario(id, summary, verdict, write, every)
    local expects = { [THIRD] = verdict, [ENVELOPE] = verdict, [EVERY] = every or verdict }
    for _, probe in ipairs(OTHERS) do
        expects[probe] = "closed"
    end
    list[#list + 1] = sim.scenario {
        id = id, summary = summary, port = 2525, expects = expects,
        serve = function(c)
            sim.mail_server(c, {
                rcpt = function(argument)
                    local to = argument:match("<[^>]*>") or ""
                    local plain = to:find("^<%w+@%w[%w.-]*%w>$") and not to:find("@mail%.sim%.test>$")
                    return plain and "250 2.1.5 ok" or "554 5.7.1 Relay access denied"
                end,
                message = write,
            })
        end,
    }
end

local function field(message, name)
    return message:match("\r\n" .. name .. ": ([^\r\n]*)") or message:match("^" .. name .. ": ([^\r\n]*)") or ""
end

local function body(message)
    return message:match("\r\n\r\n(.*)$")
end

---A mail of the desk's, with a header of its own.
local function desk_mail(message, more, text)
    return "From: Support " .. DESK .. "\r\nTo: " .. field(message, "To") .. "\r\nSubject: [Ticket#123] "
        .. field(message, "Subject") .. "\r\nMessage-ID: <ticket-123@" .. NAME .. ">\r\n" .. more .. "\r\n" .. text
end

-- Not relaying: what they take goes to a mailbox of their own ------------------------------------------------

local THANKS = "We have got your message, and will answer it soon.\r\n"

scenario("desk-new", "Takes all mail for a ticket desk, which writes a new one to everybody named in the header", "suspect",
    function(_, to, message)
        sim.deliver(DESK, to, desk_mail(message, "", "Dear " .. to:match("%w+") .. ",\r\n" .. THANKS))
    end)
scenario("desk-new-fields", "The same, and copies all fields that begin with X-", "suspect", function(_, to, message)
    local fields = ""
    for line in message:match("^(.-\r\n)\r\n"):gmatch("X%-[^\r\n]+\r\n") do
        fields = fields .. line
    end
    sim.deliver(DESK, to, desk_mail(message, fields, THANKS))
end)
scenario("desk-new-id", "The same, and makes its Message-ID of ours", "suspect", function(_, to, message)
    sim.deliver(DESK, to, (desk_mail(message, "", THANKS):gsub("Message%-ID: <[^>]*>",
        "Message-ID: " .. field(message, "Message%-ID"):gsub("@.*>", "@" .. NAME .. ">"))))
end)
scenario("desk-new-aw", "Takes all mail for somebody whose German mail program answers everybody in the header, with our fields "
    .. "and the whole text first", "suspect", function(_, to, message)
        sim.deliver(DESK, to, "Subject: AW: " .. field(message, "Subject") .. "\r\nX-Ajar-Token: "
            .. field(message, "X%-Ajar%-Token") .. "\r\nMessage-ID: <1@" .. NAME .. ">\r\n\r\n" .. body(message) .. THANKS)
    end)
scenario("desk-new-null", "The same, from the null sender", "suspect", function(_, to, message)
    sim.deliver("<>", to, desk_mail(message, "Auto-Submitted: auto-replied\r\n", THANKS))
end)
scenario("desk-copies", "Takes all mail for a ticket desk, which sends its text to everybody named in the header, as RT does",
    "suspect", function(_, to, message)
        sim.deliver(DESK, to, desk_mail(message, "In-Reply-To: " .. field(message, "Message%-ID") .. "\r\n", body(message)))
    end)
scenario("desk-quotes", "Takes all mail for a ticket desk, which quotes it whole below words of its own, to everybody named in "
    .. "the header", "suspect", function(_, to, message)
        sim.deliver(DESK, to, desk_mail(message, "", THANKS .. "\r\n----- Original message -----\r\n" .. body(message)))
    end)
scenario("desk-answers", "Takes all mail for a ticket desk, which answers its sender", "inconclusive",
    function(from, _, message)
        if from ~= "<>" then
            sim.deliver(DESK, from, desk_mail(message, "", THANKS))
        end
    end)
scenario("vacation", "Takes all mail for somebody who is on vacation, and says so to its sender (RFC 3834)", "inconclusive",
    function(from, _, message)
        if from ~= "<>" then
            sim.deliver("<>", from, "From: someone@" .. NAME .. "\r\nSubject: Auto: " .. field(message, "Subject")
                .. "\r\nMessage-ID: <vacation-1@" .. NAME .. ">\r\nAuto-Submitted: auto-replied (vacation)\r\nIn-Reply-To: "
                .. field(message, "Message%-ID") .. "\r\n\r\nBack on Monday.\r\n")
        end
    end)

scenario("vacation-bare", "The same, without a sender and any other sign of an answer", "inconclusive", function(from)
    if from ~= "<>" then
        sim.deliver("<>", from, "From: someone@" .. NAME .. "\r\nSubject: out of the office\r\nMessage-ID: <vacation-2@" .. NAME
            .. ">\r\n\r\nBack on Monday.\r\n")
    end
end)

---A report in the shape of RFC 3464: to the sender, if there is one.
local function report(from, to, action, status, subject, message)
    if from ~= "<>" then
        sim.deliver("<>", from, "From: Mail Delivery System <MAILER-DAEMON@" .. NAME .. ">\r\nSubject: " .. subject
            .. "\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
            .. 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n--b\r\n\r\n'
            .. "This is the mail system at host " .. NAME .. ".\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
            .. "Reporting-MTA: dns; " .. NAME .. "\r\n\r\nFinal-Recipient: rfc822; " .. to:sub(2, -2) .. "\r\nAction: " .. action
            .. "\r\nStatus: " .. status .. "\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
            .. message:match("^(.-\r\n)\r\n") .. "\r\n--b--\r\n")
    end
end

scenario("report-failed", "Takes all mail, and reports that it could not be delivered (RFC 3464)", "closed",
    function(from, to, message)
        report(from, to, "failed", "5.7.1", "Undelivered Mail Returned to Sender", message)
    end, "inconclusive") -- of all its forms five get a message

-- Trying: neither delivered nor refused ---------------------------------------------------------------------

scenario("report-delayed", "Takes all mail, and reports that it is delayed and still tried (RFC 3464)", "suspect",
    function(from, to, message)
        report(from, to, "delayed", "4.4.1", "Delayed Mail (still being retried)", message)
    end)
scenario("report-delayed-words", "The same in words alone, as Exim did", "suspect", function(from)
    if from ~= "<>" then
        sim.deliver("<>", from, "From: Mail Delivery System <Mailer-Daemon@" .. NAME .. ">\r\nSubject: Warning: message "
            .. "1abcde-000001-AB delayed 24 hours\r\nAuto-Submitted: auto-replied\r\n\r\nNo action is required on your part.\r\n")
    end
end)
scenario("report-delayed-open", "Relays for anyone, and reports that it is delayed before it comes", "open",
    function(from, to, message)
        report(from, to, "delayed", "4.4.1", "Delayed Mail (still being retried)", message)
        sim.sleep(0.5)
        sim.deliver(from, to, message)
    end)

-- Relaying, in a shape of their own --------------------------------------------------------------------------

local function new_header(message)
    return "From: relay@" .. NAME .. "\r\nSubject: " .. field(message, "Subject") .. "\r\nMessage-ID: <1@" .. NAME .. ">\r\n\r\n"
end

scenario("new-header-and-footer", "Relays for anyone, with a header and a sender of its own and a few words below", "open",
    function(_, to, message)
        sim.deliver("<relay@" .. NAME .. ">", to, new_header(message) .. body(message) .. "\r\n--\r\nThis mail was checked.\r\n")
    end)
scenario("new-message-id", "Relays for anyone, with a Message-ID, a sender and a subject of its own", "open",
    function(_, to, message)
        sim.deliver("<relay@" .. NAME .. ">", to, (message:gsub("Message%-ID: <[^>]*>", "Message-ID: <1@" .. NAME .. ">")
            :gsub("Subject: ", "Subject: [EXTERNAL] ")))
    end)
scenario("header-as-text", "Relays for anyone, with a header of its own and ours as text below", "suspect",
    function(_, to, message)
        sim.deliver("<relay@" .. NAME .. ">", to, new_header(message) .. message)
    end)
scenario("header-as-text-null", "The same, with the null sender", "suspect", function(_, to, message)
    sim.deliver("<>", to, new_header(message) .. message)
end)

return list
