"use strict";
// What a page must show of these files, text by text: the same as core/view/ and core/cli/run_words.c make of them. Bytes stand
// here as strings whose characters are the bytes, as tapes have them; texts come out as they stand on the page.
const told = (() => {
    const TEXT_MOST = 4096, RECORD_MOST = 4096, RUN_TEXT_MOST = 300, RUN_LIST_MOST = 100; // bytes, but for the last
    const MARKS_MOST = 4;
    const STEPS_MOST = 1000, HOPS_MOST = 30, RECEIPT_LINE_MOST = 2000, RECEIPT_LINES_MOST = 2000;
    const VERDICTS = ["open", "suspect", "closed", "unreachable", "inconclusive", "error"];
    const OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"; // SHA-256
    const encoder = new TextEncoder(), decoder = new TextDecoder();

    // JSON of any origin

    const object = (x) => x !== null && typeof x === "object" && !Array.isArray(x) ? x : {};
    const list = (x) => Array.isArray(x) ? x : [];
    const member = (x, name) => Object.hasOwn(object(x), name) ? x[name] : undefined;
    const number = (x) => typeof x === "number" ? x : 0;
    const text = (x, name) => {
        const found = member(x, name);
        return typeof found === "string" ? found : "";
    };

    // Text for people's eyes, as core/base/text.c escapes it

    function bytesOf(array) {
        let out = "";
        for (let i = 0; i < array.length; i += 8192)
            out += String.fromCharCode(...array.subarray(i, i + 8192));
        return out;
    }

    const utf8 = (words) => bytesOf(encoder.encode(words));

    // The character that stands here: [its number, of how many bytes it is]; [0, 0]: there is none.
    function decoded(bytes, at) {
        const first = bytes.charCodeAt(at);
        const n = first < 0x80 ? 1 : first >> 5 === 6 ? 2 : first >> 4 === 14 ? 3 : first >> 3 === 30 ? 4 : 0;
        if (n === 1)
            return [first, 1];
        let c = first & (0xff >> (n + 1));
        for (let i = 1; i < n; i++) {
            const next = bytes.charCodeAt(at + i);
            if (at + i >= bytes.length || next >> 6 !== 2)
                return [0, 0];
            c = c << 6 | (next & 0x3f);
        }
        const wrong = n === 0 || c < [0, 0, 0x80, 0x800, 0x10000][n] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000);
        return wrong ? [0, 0] : [c, n];
    }

    // How many marks stand before `at` in a row, as far as that matters.
    function marksBefore(bytes, at) {
        let marks = 0;
        for (let n = 2; n <= 4 && n <= at && marks < MARKS_MOST; n++) {
            const [c, length] = decoded(bytes.slice(0, at), at - n);
            if (length !== n)
                continue;
            if (!characters.isMark(c))
                break;
            [marks, at, n] = [marks + 1, at - n, 1];
        }
        return marks;
    }

    // The bytes of the character that stands here, when it is one and can be shown; else none.
    function characterAt(bytes, at) {
        const [c, n] = decoded(bytes, at);
        const hidden = n === 0 || characters.isUnseen(c) || (characters.isMark(c) && marksBefore(bytes, at) === MARKS_MOST);
        return hidden ? "" : bytes.slice(at, at + n);
    }

    // At most so many bytes of these, and "…" where that is not all.
    function shown(bytes, most = TEXT_MOST) {
        const seen = bytes.slice(0, most), more = seen.length < bytes.length ? "…" : "";
        if (/^[ -[\]-~]*$/.test(seen))
            return seen + more;
        let out = "";
        for (let i = 0; i < seen.length;) {
            const c = characterAt(seen, i);
            out += c === "\\" ? "\\\\" : c || { "\r": "\\r", "\n": "\\n", "\t": "\\t" }[seen[i]] ||
                `\\x${seen.charCodeAt(i).toString(16).padStart(2, "0")}`;
            i += c.length || 1;
        }
        return decoder.decode(Uint8Array.from(out, (c) => c.charCodeAt(0))) + more;
    }

    const words = (x, name, most) => shown(utf8(text(x, name)), most);

    // printf's %.Nf: halves go to the even digit.
    function fixed(x, digits) {
        const scaled = x * 10 ** digits;
        const half = Number.isInteger(x * 2 ** (digits + 1)) && Math.abs(scaled % 1) === 0.5;
        return half ? (2 * Math.round(scaled / 2) / 10 ** digits).toFixed(digits) : x.toFixed(digits);
    }

    // "2026-11-24 02:10:16 UTC" of a time as ajar writes it; null: it is none.
    function timeOf(time) {
        if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(time))
            return null;
        const seconds = new Date(`${time.slice(0, 19)}Z`);
        const real = !Number.isNaN(seconds.getTime()) && seconds.toISOString().slice(0, 19) === time.slice(0, 19);
        return real ? `${time.slice(0, 10)} ${time.slice(11, 19)} UTC` : null;
    }

    // The run: [label, words]

    const runText = (x) => typeof x === "string" ? shown(utf8(x), RUN_TEXT_MOST) : "(not said)";
    const runList = (x, none) => list(x).length
        ? list(x).slice(0, RUN_LIST_MOST).map(runText).join(", ") + (list(x).length > RUN_LIST_MOST ? ", …" : "")
        : none;

    function runSpan(microseconds) {
        const us = number(microseconds);
        return Math.abs(us) < 1000 ? `${fixed(us, 0)} µs` : Math.abs(us) < 1e6 ? `${fixed(us / 1000, 1)} ms`
            : `${fixed(us / 1e6, 1)} s`;
    }

    function runKeepers(services) {
        const n = list(services).length;
        return (n === 0 ? "; no process that is called like a keeper of clocks ran" : n === 1 ? "; a process ran that is called "
            : "; processes ran that are called ") + runList(services, "");
    }

    function runClock(clock) {
        const good = member(clock, "synchronised");
        const said = good === true ? "synchronised" : good === false ? "not synchronised"
            : "the kernel did not say how good it was";
        const errors = typeof good !== "boolean" ? "" : `, estimated error ${runSpan(member(clock, "estimated_error_us"))}` +
            `, at most ${runSpan(member(clock, "maximum_error_us"))}, still to correct ${runSpan(member(clock, "offset_us"))}`;
        return said + errors + runKeepers(member(clock, "services"));
    }

    function runNoSigner(pack) {
        const name = member(pack, "pack");
        return "signed by nobody" + (typeof name === "string" && name.includes("/") ? " whom the operator trusted" : "");
    }

    function runPack(pack) {
        const files = number(member(pack, "files")), signer = member(pack, "signer");
        return `${runText(member(pack, "pack"))}, ${fixed(files, 0)} ${files === 1 ? "file" : "files"}, ` +
            (typeof signer === "string" ? `signed by ${runText(signer)}` : runNoSigner(pack)) +
            `SHA-256 ${runText(member(pack, "sha256"))}`;
    }

    function runPace(options) {
        const limit = (name, before, none) => {
            const value = member(options, name);
            return value === undefined ? "" : before + (number(value) === 0 ? none : fixed(number(value), 0));
        };
        return limit("inflight", "at once ", "no limit") + limit("rate", "; connections a second ", "without limit") +
            limit("prefix_rate", ", to one network ", "without limit") +
            limit("messages", "; test messages to a host in a day ", "none");
    }

    function run(json) {
        const rows = [];
        const row = (label, value, say = runText) => value === undefined || rows.push([label, say(value)]);
        const vantage = member(json, "vantage"), operator = member(json, "operator"), options = member(json, "options");
        row("started", member(json, "started"), (x) =>
            timeOf(String(x)) ? `${timeOf(x)}, by the clock of that machine` : runText(x));
        row("clock", member(vantage, "clock"), runClock);
        row("operator", operator, (x) => runText(member(x, "name")) +
            (member(x, "user") === undefined ? "" : `, as the user ${runText(member(x, "user"))}`));
        row("key", member(operator, "key"));
        for (const name of ["authority", "contact", "info"])
            row(name, member(json, name));
        row("scope", member(json, "scope_sha256"), (x) => x === OF_NOTHING ? "no file: loopback alone" : `SHA-256 ${runText(x)}`);
        row("host", member(json, "host"));
        row("from", member(vantage, "from"));
        row("addresses", member(vantage, "addresses"), (x) => runList(x, "none but loopback's"));
        row("sink", member(json, "sink"));
        row("mail to", member(json, "mail_domain"));
        row("mail from", member(json, "sender_domain"));
        row("greets as", member(json, "helo"));
        row("waited", member(json, "wait_ms"), (x) => `${fixed(number(x) / 1000, 1)} s for a token`);
        row("probes", member(options, "probes"), (x) => runList(x, "the safe ones that fit a target's port"));
        row("pace", options, runPace);
        row("resolvers", member(options, "resolvers"), (x) => runList(x, "none"));
        row("ajar", member(json, "ajar"));
        row("program", member(member(json, "build"), "sha256"), (x) => `SHA-256 ${runText(x)}`);
        for (const pack of list(member(json, "packs")).slice(0, RUN_LIST_MOST))
            row("pack", pack, runPack);
        return rows;
    }

    // A case

    const verdict = (json) => words(json, "verdict") || "hidden";
    const verdictClass = (json) => VERDICTS.includes(text(json, "verdict")) ? `verdict v-${text(json, "verdict")}` : "verdict";
    const port = (json) => Number.isInteger(member(json, "port")) ? `:${json.port}` : "";
    const target = (json) => words(json, "target") + port(json);
    const lineOf = (step) => Number.isInteger(member(step, "line")) ? step.line : 0;
    const stepsOf = (json) => list(member(json, "steps")).slice(0, STEPS_MOST);

    // The table's cells, by their titles.
    const row = (id, json) => [["number", id.slice(0, 10)], ["verdict", verdict(json)],
        ["target", target(json) + (text(json, "name") ? ` ${words(json, "name")}` : "")],
        ["probe", words(json, "probe")], ["reason", words(json, "reason")]];

    function facts(id, json, hidden) {
        const fact = (label, value) => [["name of a fact", value && label], [`“${label}”`, value]];
        const exits = list(member(json, "exits")).map((x) => typeof x === "string" ? shown(utf8(x)) : "").join(", ");
        const took = member(json, "elapsed_ms");
        return [...fact("Case", id), ...fact("Name", words(json, "name")), ...fact("Named by", words(json, "source")),
            ...fact("Script", words(json, "pack")), ...fact("Begun", words(json, "started")),
            ...fact("Took", Number.isInteger(took) ? `${fixed(took / 1000, 3)} s` : ""), ...fact("Proof", words(json, "proof")),
            ...fact("Came out at", exits), ...fact("Redacted", hidden ? `${hidden} parts are hidden` : "")];
    }

    function steps(json) {
        const all = list(member(json, "steps"));
        const rows = stepsOf(json).map((step) => ["step", `line ${lineOf(step)} ${words(step, "say")}` +
            (text(step, "cause") ? ` ${words(step, "form")} ${words(step, "cause")}` : "")]);
        const more = all.length - rows.length;
        return [["heading", all.length ? "How the verdict follows" : ""], ...rows,
            ["number of steps", more ? `… ${more} steps more, which are not shown here` : ""]];
    }

    // Received fields, as core/proto/ reads them

    const trim = (bytes) => bytes.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");

    function receivedOf(mail) {
        const values = [];
        let open = false;
        for (const line of mail.match(/[^\n]*\n|[^\n]+/g) || []) {
            if (/^[ \t]/.test(line)) {
                if (open)
                    values[values.length - 1] += line;
                continue;
            }
            if (/^\r?\n?$/.test(line))
                break;
            const colon = line.indexOf(":");
            open = colon >= 0 && trim(line.slice(0, colon)).toLowerCase() === "received" && values.length < HOPS_MOST;
            if (open)
                values.push(line.slice(colon + 1));
        }
        return values.map((value) => trim(value).replace(/[ \t\r\n]+/g, " "));
    }

    // The words of a value, a comment in brackets as one; [begin, end] each.
    function* wordsIn(value) {
        for (let at = 0; ;) {
            while (value[at] === " ")
                at++;
            const begin = at;
            for (let depth = 0; at < value.length && (depth > 0 || value[at] !== " "); at++)
                depth += value[at] === "(" ? 1 : value[at] === ")" && depth > 0 ? -1 : 0;
            if (begin === at)
                return;
            yield [begin, at];
        }
    }

    function clausesOf(value) {
        const found = {}, semicolon = value.lastIndexOf(";");
        const date = semicolon < 0 ? "" : trim(value.slice(semicolon + 1));
        const head = semicolon < 0 ? value : value.slice(0, semicolon);
        let name = "", from = 0;
        const end = (at) => { found[name] ||= trim(head.slice(from, at)); };
        for (const [begin, behind] of wordsIn(head)) {
            const word = head.slice(begin, behind).toLowerCase();
            if (!["from", "by", "with", "via", "id", "for"].includes(word))
                continue;
            end(begin);
            name = word;
            from = behind;
        }
        end(head.length);
        return { ...found, date };
    }

    const part = (before, bytes) => bytes ? before + shown(bytes) : "";
    const wordsOfHop = (said) => part("from ", said.from) + part(", by ", said.with) + part(", ", said.date);

    function hop(value) {
        const said = clausesOf(value);
        return ["host on the mail's way", `${shown(said.by || "a host that does not name itself")} says: ${wordsOfHop(said)}`];
    }

    // What our receiver writes above what came: its Received field is the first, unless that is hidden.
    const OWN_TRACE = /^(?:(?:Return-Path|X-Ajar-Rcpt-To):[^\n]*\n)*Received:/i;

    function wayEnd(own, receipt) {
        const said = own === null ? {} : clausesOf(own), at = words(receipt, "at"), peer = words(receipt, "peer");
        return ["end of the way", `Our receiver${part(", ", said.by)} got it${peer && ` from ${peer}`}${at && ` at ${at}`}` +
            (receipt ? "" : "; from whom and when, and what kind of mail it is, is hidden") +
            (own === null ? "" : `; its own line says: ${wordsOfHop(said)}`)];
    }

    const knownOf = (json, file) => list(member(json, "receipts")).find((receipt) => text(receipt, "file") === file);
    const receiptsOf = (inside) => [...inside.keys()].filter((name) => name.startsWith("receipts/"));

    // Where case.json's word on it is hidden, any mail has the same suffix.
    function isMail(json, name, hidden) {
        const known = knownOf(json, name);
        return known ? text(known, "kind") === "mail" : hidden > 0 && name.endsWith(".eml");
    }

    // Lines of the header that are hidden, in a case of which parts are.
    function hiddenLines(mail) {
        let n = 0;
        for (const line of mail.match(/[^\n]*\n|[^\n]+/g) || []) {
            if (!trim(line))
                break;
            if (/^\[hidden [0-9a-f]{64}\]\n$/.test(line))
                n++;
        }
        return n ? [["host on the mail's way", `Hidden: ${n} line${n === 1 ? "" : "s"} of its header ` +
            "so that what they say of the way is not drawn"]] : [];
    }

    function way(json, inside, hidden) {
        const mails = receiptsOf(inside).filter((name) => isMail(json, name, hidden));
        const rows = mails.flatMap((name) => {
            const mail = bytesOf(inside.get(name)), fields = receivedOf(mail);
            const own = OWN_TRACE.test(mail) && fields.length ? fields.shift() : null;
            return [["beginning of the way", `The tested server, ${words(json, "target")} was given the message by us`],
                ...(hidden ? hiddenLines(mail) : []), ...fields.reverse().map(hop), wayEnd(own, knownOf(json, name))];
        });
        const title = [["heading", "The way the mail took"], ["note", "Each host on it writes its own line into the message; " +
            "only what our receiver says was seen by us."]];
        return mails.length ? [...title, ...rows] : [];
    }

    function receiptLines(content) {
        let at = 0, out = "";
        for (let n = 0; at < content.length && n < RECEIPT_LINES_MOST; n++) {
            const end = content.indexOf("\n", at), behind = end < 0 ? content.length : end;
            out += `${shown(content.slice(at, behind).replace(/\r$/, ""), RECEIPT_LINE_MOST)}\n`;
            at = end < 0 ? content.length : end + 1;
        }
        return (at < content.length ? `${out}… ${content.length - at} bytes more\n` : out).replace(/^\n/, ""); // as HTML has it
    }

    function receipts(json, inside) {
        return receiptsOf(inside).flatMap((name) => {
            const known = knownOf(json, name), kind = words(known, "kind"), peer = words(known, "peer");
            const content = bytesOf(inside.get(name));
            return [["receipt", `Receipt ${name.slice(9)}${kind && `: ${kind}`}${peer && ` from ${peer}`}, ${content.length} bytes`],
                ["receipt's text", receiptLines(content)]];
        });
    }

    // What stands above the dialogue, and below it.
    function above(id, json, inside, hidden) {
        const overruled = member(json, "overruled"), probe = words(json, "probe");
        const note = overruled === object(overruled) ? `The probe itself came to ${words(overruled, "verdict")} (` +
            `${words(overruled, "reason")}); the run knew more.` : "";
        return [["heading", `${verdict(json)} ${target(json)} ${probe}`], ["reason", words(json, "reason")], ["note", note],
            ...facts(id, json, hidden), ...steps(json), ...way(json, inside, hidden), ["heading", "Dialogue"]];
    }

    const below = (json, inside) => [...receipts(json, inside), ["link", "Back to the table"]];

    // The dialogue: rows of {line, kind, cells, code}

    function dataRows(data) {
        const rows = [], binary = data !== "" && data.charCodeAt(0) < 32 && !"\r\n\t".includes(data[0]);
        let room = RECORD_MOST, hidden = 0;
        if (binary || !data)
            rows.push(data.slice(0, room));
        for (const line of data.match(/[^\n]*\n|[^\n]+/g) || []) {
            const seen = line.slice(0, room);
            if (seen && !binary)
                rows.push(seen.replace(/\r\n$/, ""));
            hidden += line.length - seen.length;
            room -= seen.length;
        }
        return { rows, hidden };
    }

    function eventWords(r) {
        const chain = list(r.chain).length;
        switch (r.op) {
        case "open": return [`connects to ${r.to}`];
        case "opened": return [(r.from ? `connected, from ${r.from}` : "the sink is told to") +
            (r.messages === 0 ? "; the host may get no test message any more" : "")];
        case "end": return ["the other side closes"];
        case "fail": return [`failed: ${r.code}${r.text ? `: ${r.text}` : ""}`];
        case "secure": return [r.data ? `begins TLS with ${r.data}` : "begins TLS"];
        case "secured": return [`TLS stands: ${r.version}, ${r.cipher}, ${chain} certificate${chain === 1 ? "" : "s"}`];
        case "close": return ["closes"];
        case "token": return [`token ${r.data}`];
        case "now": return [`the clock says ${r.data}`];
        case "paused": return ["a pause is over"];
        case "receipt": return [`the sink got the token ${r.token}`, `when: ${r.at}`, `how: ${r.kind}`, `SHA-256: ${r.digest}`,
            ...(r.port ? [`at the sink's port: ${r.port}`] : [])];
        case "ask": return [`asks the DNS for ${r.type} of ${r.name}`];
        case "answer": return [`the resolver ${r.from} answers with ${r.data.length} bytes`];
        case "note": return [`note: ${r.data}`];
        default: return [];
        }
    }

    // A report or an answer names the token, and is no proof.
    const receiptWords = (kind) => ["mail", "line", "http", "datagram"].includes(kind) ? "the token came back from "
        : "a mail that names the token, and is not the test's own, came from ";

    function recordRows(r) {
        const further = (kind, word, bytes, code) => ({ kind, cells: ["", "", word, shown(bytes)], code });
        const first = (kind, word, bytes, code) =>
            ({ kind, cells: [String(r.line), fixed(r.t / 1e6, 3), word, shown(bytes)], code });
        if (r.hidden)
            return [{ kind: "event", cells: [String(r.line), "", "hidden", "this record was redacted"], code: false }];
        if (r.op !== "send" && r.op !== "recv") {
            const rows = eventWords(r).map((said, i) => i ? further("event", "", said, false) : first("event", "event", said, false));
            return r.op === "receipt" ? [...rows, further("means", "means", receiptWords(r.kind) + r.peer, false)] : rows;
        }
        const kind = r.op === "send" ? "sent" : "came", { rows, hidden } = dataRows(r.data);
        const all = rows.map((bytes, i) => i ? further(kind, "", bytes, true) : first(kind, kind, bytes, true));
        return hidden ? [...all, further("event", "", `${hidden} bytes more`, false)] : all;
    }

    function recordsOf(tape) {
        return decoder.decode(tape).split("\n").slice(0, -1).map((line, i) => {
            const hidden = /^\{"hidden":"[0-9a-f]{64}"\}$/.test(line);
            return hidden ? { hidden, line: i + 1 } : { ...JSON.parse(line), line: i + 1 };
        }).filter((r) => r.hidden || r.line > 1);
    }

    function dialogue(id, json, tape) {
        const deciding = new Map(), rows = [];
        for (const step of stepsOf(json))
            deciding.set(lineOf(step), [...(deciding.get(lineOf(step)) || []), step]);
        for (const r of recordsOf(tape)) {
            const mark = deciding.has(r.line) ? " deciding" : "", own = recordRows(r);
            own.forEach((found, i) => rows.push({ line: r.line, id: i ? "" : `${id}-l${r.line}`, code: found.code,
                kind: found.kind + mark, cells: found.cells }));
            for (const step of own.length ? deciding.get(r.line) || [] : [])
                rows.push({ line: r.line, id: "", code: false, kind: "means deciding", cells: ["", "", "so", words(step, "say")] });
        }
        return rows;
    }

    // The bundle

    const plural = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;

    // How many cases ended so, in the order of the verdicts.
    const counts = (jsons) => VERDICTS.map((name) => [name, jsons.filter((json) => text(json, "verdict") === name).length])
        .filter(([, n]) => n > 0).map(([name, n]) => ["count", `${n} ${name}`]);

    const signature = (made) => {
        const when = timeOf(made.at);
        return `key ${made.id}${when ? `, ${when} by the signer's clock` : ""}${made.line}`;
    };

    // What a page of a choice says of what it has, and has not.
    function left(choice, here, sealed) {
        const only = choice.only.length ? `Not all cases are here: ${here} of ${sealed}, which ended as ${choice.only.join(" or ")}. ` +
            `The other ${sealed - here} are left out with all their files. ` : "";
        const summary = choice.summary ? "Of each case here is what became of it and why; its steps, dialogue and receipts are left " +
            "out. " : "";
        return `${only}${summary}What was left out this page can't check: the bundle has it.`;
    }

    return { VERDICTS, above, below, bytesOf, counts, dialogue, left, plural, row, run, shown, signature, utf8, verdictClass };
})();
