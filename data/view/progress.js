"use strict";
// How far the page's own check has come, in #check; the page stays usable meanwhile.
const progress = (() => {
    const LEAST = 40, MOST = 200; // milliseconds of work at a time
    let bar = null, since = 0, piece = LEAST;

    function begin(element, words) {
        bar = document.createElement("progress");
        bar.max = 1;
        bar.value = 0;
        bar.setAttribute("aria-label", words);
        element.replaceChildren(words, " ", bar);
    }

    // Of the work from one share of the whole to another, `done` of `all` are done. Gives the browser a turn when it is due:
    // the longer it needs for one, as with large pages, the fewer.
    async function step(from, to, done, all) {
        const now = performance.now();
        if (now - since < piece)
            return;
        bar.value = from + (to - from) * (all ? done / all : 1);
        await new Promise((go) => setTimeout(go, 0));
        since = performance.now();
        piece = Math.min(Math.max(LEAST, 4 * (since - now)), MOST);
    }

    return { begin, step };
})();
