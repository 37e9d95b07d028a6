"use strict";
// Whether a page shows what its files tell, all of it and nothing else (told.js). Not compared are what its maker wrote of
// itself: #made, #lies and .lie, names of signers, whose the scripts are, time-stamps, the custody, the remarks beside a dialogue, how to check it, and what stands below.
const shown = (() => {
    const BLOCK = "h1, h2, h3, h4, p, dt, dd, li, summary, th, td, pre, label, div, form, ul, ol, dl, table, tbody, thead, tr, " +
        "details, nav, header, main, footer, section, body";
    const $ = (id) => document.getElementById(id);
    const decoder = new TextDecoder();
    const quote = (words) => words.length > 200 ? `${words.slice(0, 200)}…` : words;

    // The texts in an element, block by block; of blanks alone is none. What fits `but` is left out.
    function textsIn(element, but = "script") {
        const texts = [];
        let last = null;
        const walk = document.createTreeWalker(element, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
            node.nodeType === Node.ELEMENT_NODE && node.matches(`script, style, noscript, ${but}`) ? NodeFilter.FILTER_REJECT
                : NodeFilter.FILTER_ACCEPT);
        for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            if (node.nodeType !== Node.TEXT_NODE)
                continue;
            const block = node.parentElement.closest(BLOCK);
            if (block === last)
                texts[texts.length - 1] += node.data;
            else
                texts.push(node.data);
            last = block;
        }
        return texts.filter((words) => words.trim() !== "");
    }

    // Told are [what, text]; of those without a text nothing is shown. `some`: not all of them need to be.
    function compare(of, told, seen, faults, some = false) {
        let at = 0;
        for (const [what, words] of told) {
            if (!words || words.trim() === "")
                continue;
            if (words === seen[at]) {
                at++;
            } else if (!some) {
                faults.push(at >= seen.length ? `the ${what} of ${of} is not shown`
                    : `the ${what} of ${of} is shown as ${quote(seen[at])}, and was sealed as ${quote(words)}`);
                return;
            }
        }
        if (at < seen.length)
            faults.push(`of ${of} is shown, and was not sealed: ${quote(seen[at])}`);
    }

    // The page's frame: each part once, none besides.

    function checkFrame(cases, choice, faults) {
        const names = (selector) => [...document.querySelectorAll(selector)].map((e) => e.dataset.case || e.id);
        const parts = names("main > section").join(" ").replace("summary custody ", "summary ");
        if (parts !== (choice.summary ? "summary cases checking" : "summary cases each checking"))
            faults.push(`the page has other parts than it should: ${parts}`);
        for (const name of new Set([...names("section:not(main > section)"), ...names("[data-case]")]))
            if (!cases.has(name))
                faults.push(`${name || "a case"} is shown, and was not sealed`);
        const ids = new Set();
        for (const { id } of document.querySelectorAll("[id]")) {
            if (ids.has(id))
                faults.push(`${id} is in the page twice`);
            ids.add(id);
        }
        for (const hidden of document.querySelectorAll("main [hidden], main :not(thead *).printed"))
            if (!hidden.matches("tr[data-case], section.case, #key"))
                faults.push(`it is hidden: ${quote(hidden.textContent)}`);
        compare("the page", [], [...textsIn(document.body, ".skip, header, nav, main, footer"),
            ...textsIn(document.querySelector("main"), "main > section")], faults);
    }

    function checkTitles(signed, cases, choice, some, faults) {
        const title = [["title", "Record of tests for open mail relays and open proxies"], ["name", signed.bag],
            ["list of what was left out", choice.any ? told.left(choice, cases.size, signed.cases) : ""]];
        compare("the page", title, textsIn(document.querySelector("header"), "#made, #check, #faults, #lies"), faults, some);
        if (!some && document.title !== `Evidence: ${signed.bag}`)
            faults.push(`the page's title is ${quote(document.title)}, and the bundle's name is ${signed.bag}`);
    }

    // The summary: when the page says itself that the bundle did not verify, less of it is there.

    const row = (label, value) => [[`row “${label}”`, value && label], [`row “${label}”`, value]];
    const hiddenOf = (inside) => inside.has("tree.txt")
        ? decoder.decode(inside.get("tree.txt")).split("\n").filter((line) => line === "hidden").length : 0;

    function contents(files, signed, cases) {
        const oxum = decoder.decode(files.get("bag-info.txt")).match(/^Payload-Oxum: (\d+)\.(\d+)$/m);
        if (!files.has("proof.txt"))
            return `${told.plural(signed.cases, "case")}; ${oxum[2]} files, ${oxum[1]} bytes`;
        const place = decoder.decode(files.get("proof.txt")).match(/\nplace (\d+) of (\d+)\n/);
        const [inside] = cases.values();
        const parts = decoder.decode(inside.get("tree.txt")).match(/\nparts (\d+)\n/)[1];
        return `an extract: case ${place[1]} of ${place[2]}; ${hiddenOf(inside)} of its ${parts} parts hidden`;
    }

    // Where an extract says it, and where a bundle does.
    function recovered(files) {
        const [name, form] = files.has("proof.txt") ? ["data/recovery.json", /"recovered": *"([^"]*)"/]
            : ["bag-info.txt", /^Recovered-After-Crash: (.*)$/m];
        return files.has(name) ? decoder.decode(files.get(name)).match(form)?.[1] || "" : "";
    }

    function bundle(files, signed, cases) {
        const chain = files.has("tree-head.txt") && decoder.decode(files.get("tree-head.txt")).match(/\nchain (\d+)\n/);
        return [...row("Bundle", signed.bag), ...row("Contents", contents(files, signed, cases)),
            ...row("Recovered", recovered(files)),
            ...row("Chain", chain ? `run ${chain[1]} of the runs that this key has sealed` : ""),
            ...signed.made.flatMap((made, i) => row(i ? "Co-signed by" : "Signed by", told.signature(made)))];
    }

    function runRows(files) {
        try {
            const json = JSON.parse(decoder.decode(files.get("data/run.json")));
            return told.run(json).flatMap(([label, words]) => [["label in the run", label], [`row “${label}”`, words]]);
        } catch (_) {
            return []; // then the page shows none either
        }
    }

    function checkSummary(files, signed, cases, jsons, some, faults) {
        const stamps = document.querySelectorAll("#summary dd.stamp");
        if (stamps.length > signed.stamps)
            faults.push(`${stamps.length} time-stamps are shown, and the bundle has ${signed.stamps}`);
        const expected = [["heading", "Summary"], ...told.counts(jsons), ["heading", "The bundle"],
            ...bundle(files, signed, cases), ["heading", "The run, as its operator recorded it"], ...runRows(files)];
        compare("the summary", expected, textsIn($("summary"), "dt.stamp, dd.stamp, dt.whose, dd.whose, dd.signer .named"), faults, some);
    }

    // The table

    function checkColour(id, json, element, faults) {
        for (const shown of element.querySelectorAll(".verdict"))
            if (shown.className !== told.verdictClass(json))
                faults.push(`the verdict of ${id} has the colour of another one`);
    }

    function checkRow(id, json, shown, choice, faults) {
        if (!shown) {
            faults.push(`${id} was sealed, and is not in the table`);
            return;
        }
        compare(id, told.row(id, json), textsIn(shown, ".lie"), faults);
        checkColour(id, json, shown, faults);
        if (shown.querySelector("a")?.getAttribute("href") !== (choice.summary ? undefined : `#${id}`))
            faults.push(`the table's link to ${id} leads elsewhere`);
    }

    async function checkTable(cases, jsons, choice, faults) {
        const seen = textsIn($("cases"), "tbody, #shown, thead .printed");
        const titles = ["Case", "Verdict", "Target", "Probe", "Reason"].map((title) => ["title", title]);
        compare("the table", [["heading", "Cases"], ["form", "Find "], ["form", `Verdict all${told.VERDICTS.join("")}`], ...titles],
            seen, faults);
        const rows = $("table").querySelectorAll("tbody tr"), rowOf = new Map();
        for (const shown of rows)
            if (!rowOf.has(shown.dataset.case))
                rowOf.set(shown.dataset.case, shown);
        for (const [i, id] of [...cases.keys()].entries()) {
            checkRow(id, jsons[i], rowOf.get(id), choice, faults);
            await progress.step(0.6, 0.65, i, cases.size);
        }
        if (rows.length !== cases.size)
            faults.push(`the table has ${rows.length} rows for ${cases.size} cases`);
    }

    // A dialogue

    const cellsOf = (row) => [...row.cells].map((cell) => cell.textContent);
    const isSame = (row, told) => row.className === told.kind && row.id === told.id && (row.querySelector("code") !== null) === told.code
        && cellsOf(row).join("\0") === told.cells.join("\0");

    // What ajar makes of a line: it is not compared.
    function isRemark(row) {
        const [line, seconds, word, words] = cellsOf(row);
        return row.classList.contains("means") && !row.id && row.cells.length === 4 && !line && !seconds && word === "means" &&
            !row.querySelector("code") && !/^(the token came back|a mail that names the token, and is not the test's own, came) from /.test(words);
    }

    // A selector of several steps makes browsers look through the whole page for each case.
    const rowsOf = (section) => [...section.querySelectorAll("table.dialogue")]
        .flatMap((table) => [...table.tBodies].flatMap((body) => [...body.rows]));
    const stopsOf = (section) => [...section.querySelectorAll("details.talk")]
        .flatMap((talk) => [...talk.children].filter((element) => element.matches("p")));

    function checkDialogue(id, section, rows, faults) {
        let at = 0;
        const cut = stopsOf(section).some((p) => p.matches(".cut, .fault"));
        for (const row of rowsOf(section)) {
            if (at < rows.length && isSame(row, rows[at])) {
                at++;
            } else if (!isRemark(row)) {
                faults.push(at < rows.length ? `line ${rows[at].line} of ${id} is shown in another way than it was sealed`
                    : `a line of ${id} is shown, and was not sealed`);
                return;
            }
        }
        if (at < rows.length && !cut)
            faults.push(`line ${rows[at].line} of ${id} was sealed, and is not shown`);
    }

    // A case

    // Why a dialogue stops before its end, as the page says it.
    const isStop = (p) => /^(The tape can't be read further: |The dialogue is longer: )/.test(p.textContent);

    function checkCase(id, inside, json, faults) {
        const section = $(id);
        if (!section || !section.matches("#each > section.case")) {
            faults.push(`${id} was sealed, and is not shown`);
            return;
        }
        const stop = stopsOf(section);
        if (stop.length > 1 || (stop.length === 1 && !isStop(stop[0])))
            faults.push(`of ${id} is shown, and was not sealed: ${quote(stop[0].textContent)}`);
        const titles = ["Line", "Seconds", "What", "Bytes and meaning"].map((title) => ["title", title]);
        const expected = [...told.above(id, json, inside, hiddenOf(inside)), ...titles, ...told.below(json, inside)];
        compare(id, expected, textsIn(section, "table.dialogue > tbody, details.talk > p, .lie"), faults);
        checkColour(id, json, section.querySelector("h3"), faults);
        checkDialogue(id, section, told.dialogue(id, json, inside.get("tape.jsonl")), faults);
    }

    // VERIFY.txt, which stands in the page for those who check by other tools.
    function checkGuide(files, faults) {
        const guide = $("checking").querySelector("details > pre");
        const lines = told.bytesOf(files.get("VERIFY.txt") || new Uint8Array()).match(/[^\n]*\n|[^\n]+/g) || [];
        const meant = lines.map((line) => `${told.shown(line.replace(/\n$/, ""))}\n`).join("");
        if (guide && guide.textContent !== meant.replace(/^\n/, ""))
            faults.push("VERIFY.txt is shown in another way than it was sealed");
    }

    function checkChoice(cases, jsons, choice, faults) {
        [...cases.keys()].forEach((id, i) => {
            if (choice.only.length && !choice.only.includes(jsons[i].verdict))
                faults.push(`${id} is none of those that the page says it is of`);
        });
    }

    const jsonsOf = (cases) => [...cases].map(([id, inside]) => [id, inside, JSON.parse(decoder.decode(inside.get("case.json")))]);

    async function check(files, signed, cases, choice, faults) {
        const some = $("made").className === "state bad";
        const jsons = jsonsOf(cases).map(([, , json]) => json);
        checkFrame(cases, choice, faults);
        checkChoice(cases, jsons, choice, faults);
        if (faults.length)
            return;
        checkTitles(signed, cases, choice, some, faults);
        checkSummary(files, signed, cases, jsons, some, faults);
        await checkTable(cases, jsons, choice, faults);
        checkGuide(files, faults);
        if (choice.summary)
            return;
        for (const [i, [id, inside]] of [...cases].entries()) {
            checkCase(id, inside, jsons[i], faults);
            await progress.step(0.65, 1, i, cases.size);
        }
    }

    return { check, jsonsOf };
})();
