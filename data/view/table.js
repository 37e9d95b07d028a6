"use strict";
// The table's filter and order, and what is folded.
(() => {
    const $ = (id) => document.getElementById(id);

    const rows = () => [...$("table").tBodies[0].rows];
    const keyOf = (row, column) => column === 1 ? row.dataset.rank : row.cells[column].textContent;

    function sortBy(header, column) {
        const down = header.getAttribute("aria-sort") === "ascending";
        for (const other of $("table").tHead.rows[0].cells)
            other.setAttribute("aria-sort", "none");
        header.setAttribute("aria-sort", down ? "descending" : "ascending");
        const order = new Intl.Collator("en", { numeric: true });
        const sorted = rows().sort((a, b) => order.compare(keyOf(a, column), keyOf(b, column)));
        $("table").tBodies[0].append(...(down ? sorted.reverse() : sorted));
    }

    function filter() {
        const wanted = $("find").value.trim().toLowerCase(), verdict = $("verdict").value;
        let shown = 0;
        for (const row of rows()) {
            const fits = row.textContent.toLowerCase().includes(wanted) &&
                (!verdict || row.querySelector(".verdict").textContent === verdict);
            row.hidden = !fits;
            $(row.dataset.case)?.toggleAttribute("hidden", !fits); // an altered page may have lost it
            shown += fits;
        }
        $("shown").textContent = `${shown} of ${rows().length} cases shown`;
    }

    function enhance() {
        [...$("table").tHead.rows[0].cells].forEach((header, column) => {
            const button = document.createElement("button"), printed = document.createElement("span");
            button.type = "button"; // which paper does not show
            button.textContent = printed.textContent = header.textContent;
            printed.className = "printed";
            header.replaceChildren(button, printed);
            header.setAttribute("aria-sort", "none");
            button.addEventListener("click", () => sortBy(header, column));
        });
        $("filter").hidden = false;
        $("filter").addEventListener("submit", (event) => event.preventDefault());
        $("find").addEventListener("input", filter);
        $("verdict").addEventListener("input", filter);
        filter();
        sortBy($("table").tHead.rows[0].cells[1], 1);
    }

    // A link to a line opens the dialogue that it is in; on paper all is open.
    function openAt() {
        const target = location.hash.length > 1 && $(decodeURIComponent(location.hash.slice(1)));
        const folded = target && target.closest("details");
        if (folded) {
            folded.open = true;
            target.scrollIntoView();
        }
    }

    addEventListener("hashchange", openAt);
    addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
    enhance();
    openAt();
})();
