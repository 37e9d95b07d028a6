-- English, the language that all others are made from. scripts/notice/letter.lua puts the messages in order;
-- {name} is filled in there. A message that depends on a number is a table of plural forms. doc/letters.md, section 5,
-- is for translators: read it first.
--
-- “We” are those who test and write: an authority, or whoever the profile names. “You” are a server's owner, addressed
-- formally. What is filled in is never inflected:
--   {address} 192.0.2.1 or 2001:db8::1      {port} 25      {host} a name, mail.example.org      {case} c-5f0e4c9a
--   {date}, {time} as `date` and `time` below write them; times are UTC and said to be      {project} the project's name
--   {contact}, {retest}, {objection}, {stop_tests}, {stop_letters} mail addresses, or pages of the Web
--   {software} a product's name, “Postfix”      {file} a file's name
-- In tables by kind, `relay` is about a mail server, `proxy` about a proxy (HTTP, SOCKS, TURN).

local months = { "January", "February", "March", "April", "May", "June", "July", "August",
  "September", "October", "November", "December" }

local messages = {
  -- The subject of the mail. `open`: proven. `suspect`: the server said yes, and nothing arrived.
  subject = {
    open = {
      relay = "{project}: open mail server at {address}, port {port}",
      proxy = "{project}: open proxy at {address}, port {port}",
    },
    suspect = {
      relay = "{project}: possibly an open mail server at {address}, port {port}",
      proxy = "{project}: possibly an open proxy at {address}, port {port}",
    },
  },

  greeting = "To those in charge of the server {address}", -- who they are is not known
  address = "This letter is about the server with the IP address {address}, port {port}. As we "
    .. "understand it, this server is in your charge.",
  address_name = "This letter is about the server {host} with the IP address {address}, port "
    .. "{port}. As we understand it, this server is in your charge.",
  -- Where the suspicion comes from; follows the sentences above. One list, several, one without a name, or none known.
  source = "The address stands on the list “{source}”, which names servers that may be open to "
    .. "strangers. We have therefore tested it.",
  sources = "The address stands on more than one list of servers that may be open to strangers: {sources}. "
    .. "We have therefore tested it.", -- {sources}: a list of what the next message makes
  source_name = "“{name}”", -- one of {sources}: its name in this language's quotation marks
  source_given = "The address stands on a list that we were given, which names servers that may be "
    .. "open to strangers. We have therefore tested it.",
  source_unknown = "The address was given to us as that of a server that may be open to "
    .. "strangers. We have therefore tested it.",
  -- What the test gave. `suspect`: said yes, and nothing arrived; `doubtful`: one thing arrived, another did not.
  -- Give the country's terms for open relay and open proxy, with the English one behind it where that helps.
  tested = {
    open = {
      relay = "On {date} at {time} (UTC) the server accepted a message from our test program, "
        .. "which had not logged on, and passed it on to a mailbox elsewhere. A server that does "
        .. "this for anyone is called an open mail server (open relay).",
      proxy = "On {date} at {time} (UTC) the server passed traffic from our test program, which "
        .. "had not logged on, to another computer on the Internet. A server that does this for "
        .. "anyone is called an open proxy.",
    },
    suspect = {
      relay = "On {date} at {time} (UTC) the server accepted a message from our test program, "
        .. "which had not logged on, to a mailbox elsewhere. The message had not arrived there "
        .. "when the test ended. We therefore cannot say for certain that the server is open, and "
        .. "ask you to check it.",
      proxy = "On {date} at {time} (UTC) the server agreed to connect our test program, which "
        .. "had not logged on, to another computer on the Internet. Nothing had "
        .. "arrived there when the test ended. We therefore cannot say for certain that the "
        .. "server is open, and ask you to check it.",
    },
    doubtful = {
      relay = "On {date} at {time} (UTC) the server accepted messages from our test program, "
        .. "which had not logged on, to a mailbox elsewhere. One of them arrived there, and another "
        .. "did not. We therefore cannot say for certain that the server is open, and ask you to "
        .. "check it.",
      proxy = "On {date} at {time} (UTC) something that our test program, which had not logged on, "
        .. "had sent to the server arrived at another computer on the Internet. But the server also "
        .. "behaved as an open proxy does not. We therefore cannot say for certain that it is open, "
        .. "and ask you to check it.",
    },
  },
  no_blame = "A server can be open without its owner’s knowledge, often because a setting was "
    .. "never changed. We take it that you did not know of it, and do not say that you have "
    .. "done anything wrong.",
  first_step = "As a first step, we ask you to close the server to strangers. How to do so is "
    .. "explained below.",

  -- Of a reminder and an all-clear: that we have written before; when, where that is known; and under which number.
  earlier = "We have written to you about this server before.",
  earlier_on = "We wrote to you about this server on {date}.",
  earlier_case = "The case number was then {earlier_case}.",

  seen_title = "What we saw",
  seen = "Our test program connected to port {port}. The lines marked C were sent by the test "
    .. "program; the lines marked S were received from the server.", -- C and S stay as they are
  seen_from = "Our test program connected to port {port} from the address {from}. The lines "
    .. "marked C were sent by the test program; the lines marked S were received from the server.",
  -- Follows the sentences above, where some lines have one.
  decisive = "The lines with an asterisk (*) before them are the decisive ones.",
  -- How many lines of the dialogue are left out here. It begins with “…”.
  more_lines = { one = "… (1 line more)", other = "… ({n} lines more)" },
  -- {token} is a code of 32 letters and digits; {peer} the IP address that delivered it.
  returned = {
    relay = "The message carried the mark {token}, which cannot be guessed. It reached our own "
      .. "receiving server on {date} at {time} (UTC), delivered from {peer}.",
    proxy = "The connection carried the mark {token}, which cannot be guessed. It reached our own "
      .. "receiving server on {date} at {time} (UTC), from {peer}.",
  },
  -- Of {peer}.
  peer_same = "That is the address of the server that we tested.",
  peer_other = "That is not the address that we tested; the server seems to pass traffic on "
    .. "through it.",
  -- {reached} and {missed} are port numbers, “25, 443”.
  ports_all = "We asked for several ports of our own computer. All the connections passed: {reached}.",
  ports_some = "We asked for several ports of our own computer. The connections to these passed: "
    .. "{reached}. Those to these did not: {missed}.",
  ports_mail = "Port 25, which e-mail takes, is among those that it leads to: anyone can send e-mail "
    .. "through the server, and it seems to come from there.",
  ours_alone = {
    relay = "The message was addressed to our own mailbox alone. Nobody else was sent anything.",
    proxy = "The connection was to our own computer alone. Nobody else was contacted through "
      .. "the server.",
  },

  -- Commands follow the first message of each pair; the second says what their answers mean.
  check_title = "How to see it for yourself",
  check = {
    relay = "The decisive step can be repeated with the program swaks, which here ends before a message is sent. "
      .. "Please run this on a computer outside your own networks, and put an address of your own with another "
      .. "provider in place of you@elsewhere.example:",
    -- For what swaks does not show: the reader types the lines of the dialogue that stands above.
    relay_lines = "Please connect to the server from a computer outside your own networks, with the command below. "
      .. "Then type the lines marked C above up to RCPT TO, with an address of your own with another provider as "
      .. "the recipient:",
    relay_answer = "If the server answers RCPT TO with a code that begins with 5, it refuses strangers, as it should. If "
      .. "the code begins with 2, it takes a stranger’s message for somebody elsewhere.",
    proxy = "Please run these commands on a computer outside your own networks:",
    proxy_answer = "If one of them shows the page “Example Domain”, the server lets strangers through. If all of them "
      .. "end with an error, it has refused these requests.",
  },

  matter = "Please read this letter to its end: what it is about may affect your access to the Internet and your "
    .. "presence on it.",
  -- {partners}: names of authorities in a list, in the form in which they would stand alone. Where your language would
  -- have to inflect them, put them behind a colon.
  who = "This letter is part of “{project}”, a joint project of {partners}.",
  who_alone = "This letter is part of the project “{project}”.",
  purpose = "Its purpose is to tell the owners of open servers how to secure them, so that "
    .. "others cannot use them to send unsolicited e-mail (spam) or to hide who they are.", -- its: the project's

  what_title = "What open mail servers and open proxies are",
  what_they_are = "An open mail server (open relay) accepts e-mail from anyone and passes it on "
    .. "to anyone, although neither sender nor recipient has to do with its owner. An open proxy "
    .. "does the same with connections: from anyone to any place on the Internet. To those at "
    .. "the other end, the traffic seems to come from that server.",
  how_abused = "Such servers are easily found by automatic searches. They are used to send spam "
    .. "in great amounts, to spread malware, to defraud people and to attack other computers, "
    .. "while the real sender stays hidden.",

  harm_title = "What it can mean for you",
  harm = {
    "The server and your Internet connection can become slow, or stop working, when large "
      .. "amounts of others’ traffic pass through them.",
    "You may have to pay for the traffic and for the work of clearing up.",
    "Your Internet provider may restrict or cut off your access.",
    "The address may be put on block lists, so that others refuse your own e-mail.",
    "Spam and attacks can seem to come from you and damage your reputation.",
  },

  remedy_title = "How to close the server",
  remedy = {
    relay = {
      "Let the server accept e-mail for outside recipients only from your own networks and from "
        .. "users who have logged on. All others must be refused.",
      "Keep the list of trusted networks as short as can be. Check that the server sees the true "
        .. "address of those who connect, above all when it runs in a container or behind a load "
        .. "balancer.",
      "Keep the software up to date.",
    },
    proxy = {
      "Switch the proxy off if you do not need it.",
      "If you need it, let it be reached from your own networks only, or ask for a password. All "
        .. "others must be refused.",
      "Block port {port} from the Internet in the firewall.",
      "If nobody with you has set this service up, it may have come with the device, or somebody "
        .. "may have taken the machine over. Then blocking the port is not enough: the machine "
        .. "must be examined.",
    },
  },
  -- {what} and {close} are whole sentences, those of one of the causes below.
  found = {
    open = "What our test has found: {what} {close}",
    suspect = "If the server is open, it is by this: {what} {close}",
  },
  -- Misconfigurations. `what`: what the server does. `close`: what to do about it, to the reader.
  causes = {
    ["no-rule"] = {
      what = "The server passes on mail from any sender to any recipient; neither has to be one of yours.",
      close = "Let it refuse recipients elsewhere unless the client is in your own network or has logged on.",
    },
    ["same-domain"] = {
      what = "The server passes on mail when sender and recipient are in one domain, though that domain is not one of yours. "
        .. "Anyone can claim such a sender.",
      close = "Let the client’s address or its log-on decide, never the sender’s address.",
    },
    ["null-sender"] = {
      what = "The server passes on mail to anyone when the sender is empty (<>), as it is in reports of "
        .. "undeliverable mail.",
      close = "The empty sender must pass the same rule as any other; take every exception for it away.",
    },
    ["bare-sender"] = {
      what = "The server takes a sender without a domain for one of its own users, and passes on whatever such a "
        .. "sender sends.",
      close = "Refuse senders without a domain from outside.",
    },
    ["claimed-sender"] = {
      what = "The server passes on mail to anyone when the sender’s address is one of its own domains, names or "
        .. "addresses. Anyone can claim such an address.",
      close = "Let the client’s address or its log-on decide, never the sender’s address.",
    },
    ["claimed-user"] = {
      what = "The server passes on mail to anyone when the sender’s address is that of one of its users, such as "
        .. "root or postmaster. Anyone can claim such an address.",
      close = "Let the client’s address or its log-on decide, and exempt no user’s address.",
    },
    ["claimed-greeting"] = {
      what = "The server passes on mail for clients that give a certain name in their greeting (EHLO). Anyone can "
        .. "give any name.",
      close = "Believe no name in the greeting: let the client’s address or its log-on decide.",
    },
    ["unknown-sender"] = {
      what = "The server passes on mail from senders whose domain does not exist.",
      close = "Let it refuse recipients elsewhere from strangers, and senders whose domain is not known.",
    },
    ["empty-domain"] = {
      what = "The server takes an address that ends in @, with no domain behind it, for one of its own, and then "
        .. "passes the mail on.",
      close = "Refuse an address with an empty domain as wrong syntax, before anything else is decided.",
    },
    ["bare-recipient"] = {
      what = "The server does not apply its rule to recipients that are written without angle brackets.",
      close = "Take addresses in angle brackets alone.",
    },
    ["quoted-route"] = {
      what = "The server takes an address in quotation marks for one of its own, takes the quotation marks off and "
        .. "then passes the mail on to what stood between them.",
      close = "Let the rule decide after addresses have been rewritten, or refuse @, %, ! and / before the domain.",
    },
    ["percent-route"] = {
      what = "The server reads a % before the domain as a route (user%elsewhere.example@your-server) and passes "
        .. "the mail on by it.",
      close = "Switch this old form of routing off.",
    },
    ["two-ats"] = {
      what = "The server takes an address with two @ for one of its own by the last of them, and passes the mail "
        .. "on by the first.",
      close = "Refuse addresses with more than one @ as wrong syntax.",
    },
    ["source-route"] = {
      what = "The server follows a route before the address (@your-server:user@elsewhere.example) and passes the "
        .. "mail on by it.",
      close = "Ignore or refuse such routes.",
    },
    ["uucp-path"] = {
      what = "The server reads a ! in an address as a route (elsewhere.example!user) and passes the mail on by it, "
        .. "or takes a sender with ! for one of its own.",
      close = "Refuse ! in addresses from outside.",
    },
    ["srs-hash"] = {
      what = "The server turns rewritten return addresses (SRS) back into the addresses inside them without "
        .. "checking their hash, and passes the mail on there.",
      close = "Check the hash and the date of such an address, and refuse it when they do not hold.",
    },
    spelling = {
      what = "The server does not recognise a recipient’s domain when it is spelled in another way (capitals, a "
        .. "full stop at the end, full-width letters), and passes the mail on.",
      close = "Bring a domain into one spelling before it is compared with any list.",
    },
    smtputf8 = {
      what = "The server does not apply its rule to messages that are announced as internationalised (SMTPUTF8).",
      close = "Let the same rule hold for them, or switch the extension off.",
    },
    ["inside-tls"] = {
      what = "The server refuses strangers on a plain connection, but passes on mail for anyone once the "
        .. "connection is encrypted (STARTTLS).",
      close = "Encryption alone is no log-on: ask for a password, or trust only client certificates that you know.",
    },
    xclient = {
      what = "The server lets any client say by the command XCLIENT which address it comes from, and passes on "
        .. "mail for whoever claims to be the server itself.",
      close = "Take XCLIENT from your own gateways alone (192.0.2.10 in the example).",
    },
    ["proxy-line"] = {
      what = "The server believes any client’s PROXY line, which says where a connection comes from, and passes "
        .. "on mail for whoever claims to be the server itself.",
      close = "Take the PROXY protocol from your own load balancer alone (192.0.2.10 in the example), on a port "
        .. "that only it can reach.",
    },
    ["second-recipient"] = {
      what = "The server refuses a recipient elsewhere when it is the first one, and accepts it behind one of "
        .. "its own.",
      close = "Let the rule decide about each recipient for itself.",
    },
    ["web-form"] = {
      what = "A form on the web server sends mail to whatever address the request names.",
      close = "Write the recipients of the form’s mail into the script, take none from the request, and remove "
        .. "old scripts such as FormMail.",
    },
    ["web-proxy"] = {
      what = "A page of the web server fetches whatever URL a request names, for anyone, and shows what it got.",
      close = "Remove the script, or let it fetch only from hosts that you have listed, and only for those who have "
        .. "logged on.",
    },
    ["local-services"] = {
      what = "The proxy leads strangers to services on its own machine, which may trust whoever comes from there.",
      close = "Refuse destinations on the proxy’s own machine (127.0.0.1, ::1 and its other addresses), and let in "
        .. "the clients of your own network alone.",
    },
    ["connect-udp"] = {
      what = "The server sends anyone’s datagrams (UDP) to any address by HTTP (connect-udp, also called MASQUE).",
      close = "Switch connect-udp off if you do not need it. Else ask for a log-on, or let in the clients of your own "
        .. "network alone.",
    },
    ["ipv6-clients"] = {
      what = "This happened over IPv6. Often a server in a container sees all IPv6 clients under an address of "
        .. "its own network, and trusts them for that.",
      close = "Make sure that the server sees its clients’ true IPv6 addresses, and take the container network "
        .. "out of the trusted networks.",
    },
  },
  -- Settings follow. {software} is a product's name; put “the software” or the like before it where that would have to be
  -- inflected.
  cause_named = "This setting of {software} closes exactly that:",
  cause_if = "If the server runs {software}, this closes exactly that:",
  software_named = "The server says that it runs {software}. These settings close {software} to "
    .. "strangers. They take the place of lines of the same name. Put your own network where "
    .. "192.0.2.0/24 stands.",
  software_if = "If the server runs {software}, these settings close it to strangers. They "
    .. "take the place of lines of the same name. Put your own network where 192.0.2.0/24 stands.",
  software_none = "If you tell us which software the server runs, we can say more exactly what "
    .. "to set.",
  firewall = "Whatever the software is, a firewall keeps strangers out. Put your own network where 192.0.2.0/24 "
    .. "stands.",
  on_system = "With {system}:", -- “nftables (Linux)”; commands follow
  makers = "Among the links below are instructions for common software, by those who make it, and some that hold "
    .. "for any software.",
  in_file = "In the file {file}:", -- lines of a file follow
  remove = "Remove from the file {file}:",
  run = "Then run:", -- a command follows
  shell = "In the program’s own command line:",
  questions = "These questions can help to find the weak point:", -- a list of them follows

  links_title = "More information",

  after_title = "A new test, and objections",
  -- RETEST, STOP-TESTS and STOP-LETTERS are read by a program: they stay as they are.
  retest = "When the server is closed, please write to {retest} with “RETEST {case}” as the subject. We will then test "
    .. "it again and tell you the result.",
  object = "If you think that something here is wrong, please write to {objection} and give the case number, {case}.",
  lists = "There are two lists of those who do not wish this. You can be put on one of them, or on both:",
  list_tests = "If you do not want the server to be tested again, please write to {stop_tests} with “STOP-TESTS {case}” "
    .. "as the subject.",
  list_letters = "If you do not want more letters, please write to {stop_letters} with “STOP-LETTERS {case}” as the "
    .. "subject.",

  evidence_title = "Evidence",
  evidence = "All that passed between our test program and the server has been kept, with the "
    .. "times, in the evidence file {bundle}, case {case}. This is the file’s SHA-256 digest, as the command "
    .. "“sha256sum” prints it:",
  evidence_check = "A file with another digest is another one, or was changed or added to after this letter. The file "
    .. "is signed with the key {key_id}. You can have the part that concerns you from us: that is a file with a digest "
    .. "of its own, under the same signature. Either is checked with the command “ajar verify”, or without our software "
    .. "with minisign and sha256sum, as the file VERIFY.txt in it explains. The public key is:",

  contact = "Questions can be sent to {contact}.",
  regards = "Yours faithfully", -- the writers' names follow

  -- At the end of a letter, where it is promised: how often its reader is written to at most. {n} days.
  interval = {
    one = "You will get at most one letter of this kind from us in a day.",
    other = "You will get at most one letter of this kind from us in {n} days.",
  },

  -- Of a letter about several findings of one recipient, at one address or at many. {case} in these is the number of the letter.
  -- A finding is one test of one server by which that was open, or may be; “server” is a mail server or a proxy.
  group_subject = "{project}: servers in your charge that are open to strangers, or may be ({case})",
  group_greeting = "To those in charge of the servers listed below",
  group_findings = { -- {n} is two or more
    one = "This letter is about {n} finding on servers which, as we understand it, are in your charge.",
    other = "This letter is about {n} findings on servers which, as we understand it, are in your charge.",
  },
  -- Where they are: at one address; or at so many, two or more.
  group_at_one = "All of them concern the IP address {address}.",
  group_at = { one = "They concern {n} IP address.", other = "They concern {n} different IP addresses." },
  group_tested = "The addresses were given to us as those of servers that may be open to strangers. We have therefore "
    .. "tested them. The list below has the result of each test.",
  group_first_step = "As a first step, we ask you to close these servers to strangers. How to do so is explained below.",
  group_title = "What we found",
  -- The head of a table, and what stands below `found`: short.
  group_columns = { address = "Address", port = "Port", found = "Finding", time = "Time (UTC)" },
  group_found = {
    open = { relay = "open mail server", proxy = "open proxy" },
    suspect = { relay = "mail server, possibly open", proxy = "proxy, possibly open" },
  },
  group_attached = "The attached file {file} has all findings, one on each line, with more details.",
  group_example = "An example is the server at the address {address}, port {port} (case {case}).", -- `tested` and the dialogue follow
  group_remedy_for = "About the address {address}, port {port}, and servers like it:", -- advice follows
  group_retest = "When the servers are closed, please write to {retest} with “RETEST {case}” as the subject; that number stands "
    .. "for all the cases in this letter. If only some of them are closed, please name these cases in your message. We will "
    .. "then test again and tell you the result.",
  group_list_tests = "If you do not want these servers to be tested again, please write to {stop_tests} with “STOP-TESTS "
    .. "{case}” as the subject.",
  group_evidence = "All that passed between our test program and the servers has been kept, with the times, in the evidence "
    .. "file {bundle}, for each case under its number. This is the file’s SHA-256 digest, as the command “sha256sum” prints it:",
  group_earlier = "We have written to you about these servers before.",
  group_earlier_on = "We wrote to you about these servers on {date}.",

  -- Other letters than the first one. What one of these has takes the place of the message of that name above; all else
  -- is as there.
  tones = {
    -- To the owner again, after another test. It says `earlier`, then what the new test gave (`tested`), then `still`.
    reminder = {
      group_subject = "{project}: reminder about servers in your charge that are open to strangers, or may be ({case})",
      group_tested = "We have now tested them again. The list below has the result of each test.",
      group_first_step = "We ask you to close these servers to strangers now. How to do so is explained below. If you are "
        .. "already at work on it, or need help, please tell us: a short message to {contact} is enough.",
      group_no_blame = "Our earlier letter may not have reached the right person, or a change may not have had the effect "
        .. "that was meant. If others are in charge of these servers, please pass this letter on to them.",
      subject = {
        open = {
          relay = "{project}: reminder about the open mail server at {address}, port {port}",
          proxy = "{project}: reminder about the open proxy at {address}, port {port}",
        },
        suspect = {
          relay = "{project}: reminder about the mail server at {address}, port {port}",
          proxy = "{project}: reminder about the proxy at {address}, port {port}",
        },
      },
      again = "We have now tested it again.",
      still = "The server is thus still open to strangers.",
      no_blame = "Our earlier letter may not have reached the right person, or a change may not have had the effect that "
        .. "was meant. If others are in charge of the server, please pass this letter on to them.",
      first_step = "We ask you to close the server to strangers now. How to do so is explained below. If you are already "
        .. "at work on it, or need help, please tell us: a short message to {contact} is enough.",
    },

    -- To the provider of the network that the server stands in. “You” is the provider until `pass_on`; the rest is for
    -- those who run the server.
    provider = {
      group_subject = "{project}: servers in your network that are open to strangers, or may be ({case})",
      group_greeting = "To those in charge of the network that the addresses listed below belong to",
      group_findings = {
        one = "This letter is about {n} finding on servers in what we understand to be your network; they may be those of "
          .. "your customers.",
        other = "This letter is about {n} findings on servers in what we understand to be your network; they may be those of "
          .. "your customers.",
      },
      group_first_step = "We ask you to pass this letter on to those who run the servers, and to see to it that these are "
        .. "closed to strangers. If you know whom we should write to instead, please tell us: {contact}.",
      group_limit = "Until they are closed, you can protect others by blocking connections from the Internet to the proxies’ "
        .. "ports, and by restricting what the mail servers may send to port 25 of other servers.",
      subject = {
        open = {
          relay = "{project}: open mail server in your network at {address}, port {port}",
          proxy = "{project}: open proxy in your network at {address}, port {port}",
        },
        suspect = {
          relay = "{project}: possibly an open mail server in your network at {address}, port {port}",
          proxy = "{project}: possibly an open proxy in your network at {address}, port {port}",
        },
      },
      greeting = "To those in charge of the network that the address {address} belongs to",
      address = "This letter is about the server with the IP address {address}, port {port}. As we understand it, the "
        .. "address belongs to your network, and the server may be that of one of your customers.",
      address_name = "This letter is about the server {host} with the IP address {address}, port {port}. As we "
        .. "understand it, the address belongs to your network, and the server may be that of one of your customers.",
      matter = "Please read this letter to its end: what it is about may affect your network and your customers.",
      no_blame = "A server can be open without its owner’s knowledge, often because a setting was never changed. We do "
        .. "not say that you, or your customer, have done anything wrong.",
      first_step = "We ask you to pass this letter on to those who run the server, and to see to it that the server is "
        .. "closed to strangers. If you know whom we should write to instead, please tell us: {contact}.",
      limit = {
        relay = "Until it is closed, you can protect others by restricting what the server may send to port 25 of other "
          .. "servers.",
        proxy = "Until it is closed, you can protect others by blocking connections from the Internet to port {port} of "
          .. "this address.",
      },
      harm_title = "What it can mean for you and your customers",
      harm = {
        "Addresses of your network may be put on block lists, so that others refuse e-mail from you and from customers "
          .. "who have nothing to do with it.",
        "The traffic of strangers takes up your lines, and you or your customer may have to pay for it.",
        "Complaints about spam and attacks come to you, as they seem to come from your network.",
      },
      pass_on = "What follows is written for those who run the server.",
    },

    -- To the owner, of a server that was open and is closed now.
    ["all-clear"] = {
      group_subject = "{project}: servers in your charge are closed to strangers ({case})",
      group_findings = {
        one = "This letter is about {n} server that our earlier tests found open and that, as we understand it, is in your "
          .. "charge.",
        other = "This letter is about {n} servers that our earlier tests found open and that, as we understand it, are in "
          .. "your charge.",
      },
      group_tested = "We have tested them again. Our test program, which had not logged on, could no longer get through any "
        .. "of them. The list below has the result of each test.",
      group_found = { closed = { relay = "closed mail server", proxy = "closed proxy" } },
      group_thanks = "As far as these tests can tell, the servers are closed to strangers. Thank you for your help.",
      group_bounds = "The tests were of these services alone, at those times. They say nothing about other services of the "
        .. "machines, and a later change of settings can open a server again.",
      subject = {
        closed = {
          relay = "{project}: the mail server at {address}, port {port}, is closed to strangers",
          proxy = "{project}: the proxy at {address}, port {port}, is closed to strangers",
        },
      },
      tested = {
        closed = {
          relay = "On {date} at {time} (UTC) we tested it again. Our test program, which had not logged on, could not "
            .. "send a message through the server to a mailbox elsewhere.",
          proxy = "On {date} at {time} (UTC) we tested it again. Our test program, which had not logged on, could not "
            .. "reach another computer on the Internet through the server.",
        },
      },
      thanks = "As far as this test can tell, the server is closed to strangers. Thank you for your help.",
      settled = "For us the case is thereby settled, and you need not answer this letter.",
      bounds = "The test was of this service alone, at that time. It says nothing about other services of the machine, and "
        .. "a later change of settings can open the server again.",
      left_title = "What may still be left to do",
      left = {
        relay = {
          "Messages that strangers left on the server may still wait in its queue. Please look through the queue, and "
            .. "delete what is not yours.",
          "If the address stands on block lists, their operators take it off when you ask them to; some lists do so of "
            .. "themselves after a time.",
          "Keep the software up to date, and check the server from outside after each change of its settings.",
        },
        proxy = {
          "The server’s logs may show who used it while it was open, and for what. Please keep them if you mean to report "
            .. "it to the police.",
          "If nobody with you has set this service up, somebody may have taken the machine over. Then it must be examined, "
            .. "although the service can no longer be reached.",
          "If the address stands on block lists, their operators take it off when you ask them to; some lists do so of "
            .. "themselves after a time.",
          "Keep the software up to date, and check the server from outside after each change of its settings.",
        },
      },
    },
  },
}

return {
  code = "en",
  name = "English",
  english = "English",
  messages = messages,

  -- The line on top of every letter, in English alone: which languages it can be read in.
  preface = {
    one = "This letter is written in {first}.",
    two = "This letter is written in {first} and, further down, in {second}.",
    more = "It can also be had in {languages}: {where}",
  },

  -- The plural form that goes with a number.
  plural = function(n)
    return n == 1 and "one" or "other"
  end,

  -- 24 November 2026
  date = function(t)
    return string.format("%d %s %d", t.day, months[t.month], t.year)
  end,

  -- 02:10:16
  time = function(t)
    return string.format("%02d:%02d:%02d", t.hour, t.minute, t.second)
  end,

  -- 12,345
  number = function(n)
    local digits = string.format("%d", n)
    local head = #digits % 3
    local grouped = digits:sub(head + 1):gsub("(%d%d%d)", ",%1")
    return head > 0 and digits:sub(1, head) .. grouped or grouped:sub(2)
  end,

  -- a, b and c
  list = function(items)
    local all = table.concat(items, ", ", 1, #items - 1)
    return #items > 1 and all .. " and " .. items[#items] or items[1]
  end,
}
