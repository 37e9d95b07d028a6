"use strict";
// Whether a case.json, which people read, says what its tape says. Whoever has the key can seal a contradiction, and the digests
// hold all the same. Asked is what a few lines show (doc/evidence.md, section 6); `ajar verify` asks for more, receipts too.
const claims = (() => {
    const decoder = new TextDecoder();
    const object = (x) => x !== null && typeof x === "object" ? x : {};

    const shown = (x) => told.shown(told.utf8(String(x)), 200);

    function record(line) {
        try {
            return object(JSON.parse(line));
        } catch (_) {
            return {};
        }
    }

    // What both say of one thing; null: nothing, or it is hidden.
    function pairs(json, head, last) {
        const target = object(head.target), overruled = object(json.overruled);
        const said = json.overruled === undefined ? json : overruled;
        const ofHead = head.tape === undefined ? [] : [["target", json.target, target.address], ["port", json.port, target.port],
            ["probe", json.probe, head.probe], ["pack", json.pack, head.pack], ["time", json.started, head.started]];
        return last.op === "verdict" ? [...ofHead, ["verdict", said.verdict, last.verdict]] : ofHead;
    }

    // "": nothing contradicts.
    function contradiction(id, json, inside) {
        if (!inside.has("tape.jsonl"))
            return "";
        const lines = decoder.decode(inside.get("tape.jsonl")).split("\n").slice(0, -1);
        for (const [what, said, is] of pairs(json, record(lines[0]), record(lines[lines.length - 1])))
            if (said !== undefined && said !== is)
                return `${id}: case.json says the ${what} ${shown(said)}, and its tape ${shown(is)}`;
        return "";
    }

    return { contradiction };
})();
