"use strict";
// A page of `ajar view` checks itself: that the files in it are those that were signed (here), and that what it shows is what
// they say (shown.js). doc/evidence.md is the format.
(() => {
    const LIST = "tagmanifest-sha256.txt", SIGNATURE = LIST + ".minisig";
    const BESIDE = /^tagmanifest-sha256\.txt(\.minisig|\.[0-9A-F]{16}\.minisig|\.minisig(\.[0-9]+)?\.tsr)?$/;
    const FURTHER = /^tagmanifest-sha256\.txt\.([0-9A-F]{16})\.minisig$/;
    const CASE = /^data\/cases\/([^/]+)\/(.+)$/;
    const $ = (id) => document.getElementById(id);
    const encoder = new TextEncoder(), decoder = new TextDecoder();
    const text = (bytes) => decoder.decode(bytes);
    const DIGITS = Array.from({ length: 256 }, (_, b) => b.toString(16).padStart(2, "0"));
    const hex = (bytes) => bytes.reduce((digits, b) => digits + DIGITS[b], "");
    const unhex = (digits) => Uint8Array.from(digits.match(/../g) || [], (d) => parseInt(d, 16));
    const same = (a, b) => a.length === b.length && a.every((x, i) => x === b[i]);
    const join = (...pieces) => {
        const all = new Uint8Array(pieces.reduce((n, p) => n + p.length, 0));
        pieces.reduce((at, p) => (all.set(p, at), at + p.length), 0);
        return all;
    };
    const lines = (bytes) => text(bytes).split("\n").slice(0, -1);

    function unbase64(line) {
        const bytes = atob(line), out = new Uint8Array(bytes.length);
        for (let i = 0; i < bytes.length; i++)
            out[i] = bytes.charCodeAt(i);
        return out;
    }

    class Fault extends Error {}
    const must = (condition, why) => { if (!condition) throw new Fault(why); };

    // The browser's own is faster from some size on, where there is one: only pages that it takes for secure have it.
    const OWN_FROM = 16384;
    const sha256 = noble.sha256;
    const sha256OfFile = async (bytes) => bytes.length >= OWN_FROM && globalThis.crypto?.subtle
        ? new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)) : sha256(bytes);

    // The files, as they stand in the page

    async function embedded() {
        const files = new Map(), elements = document.querySelectorAll("script[data-file]");
        for (const element of elements) {
            const name = element.dataset.file;
            must(!files.has(name), `${name} is in the page twice`);
            try {
                files.set(name, unbase64(element.textContent));
            } catch (_) {
                throw new Fault(`${name} was changed: it is no base64`);
            }
            await progress.step(0, 0.1, files.size, elements.length);
        }
        return files;
    }

    // The signature: minisign's form, Ed25519 over BLAKE2b-512

    function publicKey(line) {
        const raw = unbase64(line);
        must(raw.length === 42 && text(raw.slice(0, 2)) === "Ed", "a public key is not of minisign's form");
        return { line, number: raw.slice(2, 10), key: raw.slice(10) };
    }

    const idOf = (key) => hex(key.number.slice().reverse()).toUpperCase();
    const madeBy = (key, at) => ({ id: idOf(key), line: key.line, at });

    // Both signatures in the file of this name, over the list of lists; the words of its trusted comment.
    function checkOne(files, name, key) {
        const [, first, comment, second] = lines(files.get(name));
        must(second && comment.startsWith("trusted comment: "), `${name} is not of minisign's form`);
        const raw = unbase64(first);
        must(raw.length === 74 && text(raw.slice(0, 2)) === "ED", `${name} is not of minisign's form`);
        must(same(raw.slice(2, 10), key.number), `${name} is by another key than it should be`);
        const words = comment.slice(17);
        const holds = (signature, message) => noble.verify(signature, message, key.key, { zip215: false });
        must(holds(raw.slice(10), noble.blake2b(files.get(LIST))), `the signature does not hold for ${LIST} (${name})`);
        must(holds(unbase64(second), join(raw.slice(10), encoder.encode(words))), `${name}: its trusted comment was changed`);
        return words;
    }

    // A further signature names the first one, and its own key.
    function checkFurther(files, name, id, bag) {
        const comment = lines(files.get(name))[2] || "";
        const found = comment.match(/^trusted comment: ajar-cosign\/1\tbag:([^\t]*)\tsignature:([0-9a-f]{64})\tkey:([^\t]*)\tutc:([^\t]*)$/);
        must(found && found[1] === bag && found[2] === hex(sha256(files.get(SIGNATURE))), `${name} is for another bundle`);
        const key = publicKey(found[3]);
        must(idOf(key) === id, `${name} is by another key than its name says`);
        checkOne(files, name, key);
        return madeBy(key, found[4]);
    }

    function checkSignatures(files) {
        for (const name of [LIST, SIGNATURE, "keys/operator.pub"])
            must(files.has(name), `${name} is missing`);
        const key = publicKey(text(files.get("keys/operator.pub")).trim().split("\n").pop().trim());
        const words = checkOne(files, SIGNATURE, key);
        const fields = words.match(/^ajar-evidence\/([12])\tbag:([^\t]*)\tcases:(\d+)\tutc:([^\t]*)$/);
        must(fields, `${SIGNATURE}: its trusted comment is none for evidence`);
        const signed = { key, version: Number(fields[1]), bag: fields[2], cases: Number(fields[3]), signatures: 1, stamps: 0,
            made: [madeBy(key, fields[4])] };
        for (const name of files.keys()) {
            const further = name.match(FURTHER);
            if (further)
                signed.made.push(checkFurther(files, name, further[1], signed.bag));
            signed.signatures += further ? 1 : 0;
            signed.stamps += name.endsWith(".tsr") ? 1 : 0;
        }
        return signed;
    }

    // The lists

    function listed(bytes) {
        const digests = new Map();
        for (const line of lines(bytes))
            digests.set(line.slice(66), line.slice(0, 64));
        return digests;
    }

    async function checkDigests(files, names, digests, faults) {
        let at = 0;
        for (const name of names) {
            if (!digests.has(name))
                faults.push(`${name} was added`);
            else if (hex(await sha256OfFile(files.get(name))) !== digests.get(name))
                faults.push(`${name} was changed`);
            await progress.step(0.1, 0.25, ++at, names.length);
        }
    }

    // The tree: RFC 9162, over the parts of each case and over the cases

    function root(leaves) {
        if (leaves.length < 2)
            return leaves.length ? leaves[0] : sha256(new Uint8Array());
        const k = 2 ** Math.floor(Math.log2(leaves.length - 1));
        return sha256(join([1], root(leaves.slice(0, k)), root(leaves.slice(k))));
    }

    // A case.json that is one line of members falls into these; null: it is none. Each character stands for a byte.
    function members(json) {
        if (!/^\{[^\n]*\}\n$/.test(json))
            return null;
        const parts = [];
        let begin = 0, depth = 0, string = false, skip = false;
        for (let i = 0; i < json.length - 1; i++) {
            const c = json[i];
            if (string) {
                string = skip || c !== '"';
                skip = !skip && c === "\\";
            } else if (c === '"') {
                string = true;
            } else if (c === "{" || c === "[") {
                depth++;
            } else if (c === "}" || c === "]") {
                depth--;
            } else if (c === "," && depth === 1) {
                parts.push(json.slice(begin, i));
                begin = i;
            }
            if (depth === 0 && i < json.length - 2)
                return null;
        }
        return depth || string ? null : [...parts, json.slice(begin)];
    }

    function* linesOf(bytes) {
        for (let at = 0, end; at < bytes.length || at === 0; at = end) {
            end = bytes.indexOf(10, at) + 1 || bytes.length || 1;
            yield bytes.subarray(at, end);
        }
    }

    function partsOf(name, bytes) {
        const parts = name === "case.json" && members(told.bytesOf(bytes));
        let at = 0;
        return parts ? parts.map((part) => bytes.subarray(at, at += part.length)) : [...linesOf(bytes)];
    }

    const hiddenForm = (name, part, hash) => name === "tape.jsonl" || name === "contacts.jsonl" ? `{"hidden":"${hash}"}\n`
        : name === "case.json" && !part.startsWith("[") ? `${part[0]}"hidden ${hash}":null${part.endsWith("\n") ? "}\n" : ""}`
        : `[hidden ${hash}]\n`;

    function saltsOf(tree, count) {
        if (!tree.startsWith("secret "))
            return tree.split("\n").map((line) => line === "hidden" ? null : unhex(line.slice(5)));
        const stream = noble.shake256(join(encoder.encode("ajar-salts/2"), unhex(tree.slice(7))), { dkLen: 16 * count });
        return Array.from({ length: count }, (_, i) => stream.slice(16 * i, 16 * i + 16));
    }

    function leafOfPart(id, name, salt, bytes) {
        if (salt)
            return sha256(join([0], salt, encoder.encode(name), [0], bytes));
        const part = told.bytesOf(bytes), hash = (part.match(/[0-9a-f]{64}/) || [""])[0];
        must(hash && part === hiddenForm(name, part, hash), `data/cases/${id}/${name}: a hidden part was changed`);
        return unhex(hash);
    }

    function leafOfCase(id, inside) {
        must(inside.has("tree.txt"), `data/cases/${id}/tree.txt is missing`);
        const [, count, said, ...rest] = lines(inside.get("tree.txt"));
        const names = [...inside.keys()].filter((name) => name !== "tree.txt").sort();
        const parts = names.flatMap((name) => partsOf(name, inside.get(name)).map((part) => [name, part]));
        must(count === `parts ${parts.length}`, `data/cases/${id}/: not as many parts as tree.txt says`);
        const salts = saltsOf(rest.join("\n"), parts.length);
        must(salts.length === parts.length, `data/cases/${id}/tree.txt has not as many salts as parts`);
        const made = hex(root(parts.map(([name, part], i) => leafOfPart(id, name, salts[i], part))));
        must(said === `root ${made}`, `data/cases/${id}/: its parts were changed`);
        return sha256(join([0], encoder.encode(`${id} ${parts.length} ${made}\n`)));
    }

    function casesOf(files) {
        const cases = new Map();
        for (const [name, bytes] of files) {
            const found = name.match(CASE);
            if (found && !cases.has(found[1]))
                cases.set(found[1], new Map());
            if (found)
                cases.get(found[1]).set(found[2], bytes);
        }
        return cases;
    }

    function checkRun(files, head) {
        const names = [...files.keys()].filter((name) => name.startsWith("data/") && !CASE.test(name)).sort();
        let all = "";
        for (const name of names)
            all += `${hex(sha256(files.get(name)))}  ${name}\n`;
        must(hex(sha256(encoder.encode(all))) === head.run, "data/run.json or a script was changed");
    }

    // RFC 9162, section 2.1.3.2
    function rootByPath(leaf, index, size, path) {
        let fn = index, sn = size - 1, r = leaf;
        must(index < size, "proof.txt: no such place");
        for (const step of path) {
            must(sn > 0, "proof.txt: the path is too long");
            if (fn % 2 || fn === sn) {
                r = sha256(join([1], step, r));
                while (fn && fn % 2 === 0) {
                    fn /= 2;
                    sn = Math.floor(sn / 2);
                }
            } else {
                r = sha256(join([1], r, step));
            }
            fn = Math.floor(fn / 2);
            sn = Math.floor(sn / 2);
        }
        must(sn === 0, "proof.txt: the path is too short");
        return r;
    }

    const headOf = (files) => Object.fromEntries(lines(files.get("tree-head.txt")).slice(1).map((line) => line.split(/ (.*)/)));

    async function checkTree(files, signed) {
        const head = headOf(files), cases = casesOf(files), leaves = [];
        must(head.cases === String(signed.cases), "tree-head.txt counts other cases than the signature");
        checkRun(files, head);
        for (const [id, inside] of cases) {
            leaves.push(hex(leafOfCase(id, inside)));
            await progress.step(0.25, 0.6, leaves.length, cases.size);
        }
        must(hex(root(leaves.sort().map(unhex))) === head.root, "tree-head.txt: not the root of the cases");
    }

    // What a page of a choice says of itself that it leaves out; a page of all says nothing.
    function choiceOf(left) {
        const only = (left?.dataset.only || "").split(" ").filter((word) => told.VERDICTS.includes(word));
        return { only, summary: left?.dataset.summary === "yes", any: left !== null };
    }

    // May this file of a case, which the manifest has, be missing in the page?
    function isLeftOut(name, choice, cases) {
        const found = name.match(CASE);
        return found !== null && ((choice.only.length > 0 && !cases.has(found[1])) || (choice.summary && found[2] !== "case.json"));
    }

    async function checkWhole(files, signed, choice, faults) {
        const tags = listed(files.get(LIST)), manifest = listed(files.get("manifest-sha256.txt") || new Uint8Array());
        const names = [...files.keys()];
        await checkDigests(files, names.filter((name) => !name.startsWith("data/") && !BESIDE.test(name)), tags, faults);
        await checkDigests(files, names.filter((name) => name.startsWith("data/")), manifest, faults);
        const here = casesOf(files);
        for (const name of [...tags.keys(), ...manifest.keys()])
            if (!files.has(name) && !isLeftOut(name, choice, here))
                faults.push(`${name} is missing`);
        const cases = (choice.any ? [...manifest.keys()] : names).filter((name) => /^data\/cases\/[^/]+\/case\.json$/.test(name)).length;
        if (cases !== signed.cases)
            faults.push(`${cases} cases are here, and ${signed.cases} were sealed`);
        if (!faults.length && signed.version === 2 && !choice.any)
            await checkTree(files, signed);
    }

    async function checkExtract(files, signed, faults) {
        const beside = [...files.keys()].filter((n) => !n.startsWith("data/") && !BESIDE.test(n) && n !== "proof.txt");
        await checkDigests(files, beside, listed(files.get(LIST)), faults);
        if (faults.length)
            return;
        const head = headOf(files);
        const [, id, place, ...path] = lines(files.get("proof.txt"));
        const [, index, size] = place.match(/^place (\d+) of (\d+)$/).map(Number);
        must(head.cases === String(signed.cases) && size === signed.cases, "the numbers of cases differ");
        checkRun(files, head);
        const cases = casesOf(files), name = id.slice(5);
        must(cases.size === 1 && cases.has(name), "there is another case than that of proof.txt");
        const leaf = leafOfCase(name, cases.get(name));
        const found = rootByPath(leaf, index - 1, size, path.map((step) => unhex(step.slice(5))));
        must(hex(found) === head.root, "proof.txt does not lead to the signed root");
    }

    // What is told

    function tell(good, words, title = good ? "it holds" : "it does NOT hold") {
        const check = $("check"), strong = document.createElement("strong");
        strong.textContent = `Checked in this browser: ${title}.`;
        check.className = `state ${good ? "good" : "bad"}`;
        check.replaceChildren(strong, " ", words);
    }

    function list(faults) {
        const most = 20;
        for (const fault of faults.slice(0, most)) {
            const item = document.createElement("li");
            item.textContent = fault;
            $("faults").append(item);
        }
        $("faults").hidden = faults.length === 0;
    }

    function tellFaults(faults) {
        list(faults);
        tell(false, `${faults.length === 1 ? "One thing is" : `${faults.length} things are`} not as it was sealed:`);
    }

    function wordsOf(files, signed, choice) {
        const signatures = signed.signatures === 1 ? "The signature" : `${signed.signatures} signatures`;
        const tree = signed.version === 2 && !choice.any ? ", the tree over all cases" : "";
        const left = !choice.any ? "" : `Not checked is what was left out${signed.version === 2 ? ", nor the tree over all cases" : ""}. `;
        const stamps = signed.stamps === 0 ? "" : `Not checked in a browser ${signed.stamps === 1 ? "is the time-stamp" :
            `are the ${signed.stamps} time-stamps`}: openssl does, by the command below, under “Checking it”. `;
        return `${signatures}, ${files.size} files by their digests${tree}, and that what is shown of ` +
            `the bundle, its run and its cases was sealed. ${left}${stamps}` + "Not compared: whether it verified when this page was made, names " +
            "beside keys, time-stamps, the custody, the remarks “means” in dialogues, and how to check it. Whose key it is, compare below.";
    }

    // What holds may be a lie of its signer: found here, or by whoever made the page, who has asked for more.
    function tellHeld(files, signed, choice) {
        const lies = shown.jsonsOf(casesOf(files)).map(([id, inside, json]) => claims.contradiction(id, json, inside))
            .filter((words) => words !== "");
        list(lies);
        if (lies.length || $("lies"))
            tell(false, `${lies.length ? "What is wrong stands below" : "Its maker found what stands below"}. Nothing was changed ` +
                `since it was sealed: ${wordsOf(files, signed, choice)}`, "it is as it was sealed, but NOT what lies beside its cases");
        else
            tell(true, wordsOf(files, signed, choice));
    }

    function compareKey(signed) {
        $("key").hidden = false;
        $("key").addEventListener("submit", (event) => event.preventDefault());
        $("published").addEventListener("input", () => {
            const given = $("published").value.trim().split(/\s+/).pop();
            const equal = given === signed.key.line;
            $("same").className = equal ? "same" : "other";
            $("same").textContent = !given ? "" : equal ? "The same key." : "Another key.";
        });
    }

    async function check() {
        const faults = [];
        progress.begin($("check"), "Checking in this browser …");
        try {
            const files = await embedded();
            const signed = checkSignatures(files);
            const extract = files.has("proof.txt"), choice = choiceOf(extract ? null : $("left"));
            await (extract ? checkExtract(files, signed, faults) : checkWhole(files, signed, choice, faults));
            if (!faults.length)
                await shown.check(files, signed, casesOf(files), choice, faults);
            if (!faults.length) {
                tellHeld(files, signed, choice);
                compareKey(signed);
            }
        } catch (error) {
            faults.push(error instanceof Fault ? error.message : `what stands here can't be read: ${error.message}`);
        }
        if (faults.length)
            tellFaults(faults);
    }

    check();
})();
