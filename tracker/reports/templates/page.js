"use strict";
// The page is complete without this: it sorts tables, filters the evidence, opens what is linked to, and opens the evidence for print.
const make = (name, text, where) => where.appendChild(Object.assign(document.createElement(name), { textContent: text }));
const value = (row, at) => row.cells[at].textContent.trim();
const asNumber = (text) => { const n = parseFloat(text.replace("< ", "").replaceAll(",", "").replace("−", "-")); return Number.isNaN(n) ? -Infinity : n; };

for (const table of document.querySelectorAll("table")) {
  if (table.tBodies[0].rows.length < 4 || table.closest(".pair")) continue;
  for (const head of table.tHead.rows[0].cells) {
    const text = head.textContent;
    head.textContent = "";
    const button = make("button", text, head);
    button.type = "button";
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") !== "descending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const at = head.cellIndex, numeric = head.classList.contains("n");
      const compare = (a, b) => (numeric ? asNumber(value(a, at)) - asNumber(value(b, at)) : value(a, at).localeCompare(value(b, at)));
      table.tBodies[0].append(...[...table.tBodies[0].rows].sort((a, b) => (down ? compare(b, a) : compare(a, b))));
    });
  }
}

for (const body of document.querySelectorAll("[data-filter]")) {
  const items = [...body.querySelectorAll(":scope > details")];
  if (items.length < 3) continue;
  const tools = document.createElement("div");
  tools.className = "tools";
  const label = make("label", body.dataset.filter, tools);
  const input = make("input", "", label);
  input.type = "search";
  const open = make("button", "Open all", tools);
  open.type = "button";
  const said = make("p", "", tools);
  said.setAttribute("role", "status");
  said.className = "visually-hidden";
  input.addEventListener("input", () => {
    const words = input.value.toLocaleLowerCase();
    for (const item of items) item.hidden = !item.textContent.toLocaleLowerCase().includes(words);
    said.textContent = `${items.filter((item) => !item.hidden).length} shown`;
  });
  open.addEventListener("click", () => {
    const all = items.some((item) => !item.open && !item.hidden);
    for (const item of items) if (!item.hidden) item.open = all;
    open.textContent = all ? "Close all" : "Open all";
  });
  body.insertBefore(tools, items[0]);
}

const openTarget = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && target.tagName === "DETAILS") target.open = true;
};
addEventListener("hashchange", openTarget);
openTarget();

let closed = [];
addEventListener("beforeprint", () => { closed = [...document.querySelectorAll(".theme:not([open]), .speech:not([open]), .topic:not([open]), .main-numbers:not([open])")]; for (const item of closed) item.open = true; });
addEventListener("afterprint", () => { for (const item of closed) item.open = false; });
