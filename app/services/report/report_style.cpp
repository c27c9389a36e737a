// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report/report_style.h"

namespace services {

std::string_view reportStyle() {
    return R"css(
:root {
  color-scheme: light dark;
  --ground: #ffffff; --soft: #f4f6f8; --ink: #1b1f24; --quiet: #59636e; --line: #d8dee4; --accent: #0a66c2;
  --pass: #00795f; --review: #9a5b00; --fail: #c23a12;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #15181c; --soft: #1e2227; --ink: #e6e9ed; --quiet: #9aa4af; --line: #343b43; --accent: #4aa3ff;
    --pass: #1fa187; --review: #e8a33d; --fail: #ff6b4a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 1040px; padding: 32px 24px 64px; background: var(--ground); color: var(--ink);
  font: 13px/20px system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; overflow-wrap: break-word;
}
h1 { margin: 0; font-size: 24px; line-height: 32px; font-weight: 650; }
h2 { margin: 0 0 12px; font-size: 15px; line-height: 20px; font-weight: 650; }
h3 { margin: 24px 0 8px; font-size: 12px; line-height: 16px; font-weight: 600; color: var(--quiet); }
h2 + h3 { margin-top: 0; }
p { margin: 0 0 8px; max-width: 76ch; }
section { margin-top: 32px; padding-top: 20px; border-top: 1px solid var(--line); }
.quiet, .note { color: var(--quiet); }
.note { font-size: 12px; line-height: 16px; }
p.note { max-width: 100ch; }
.figures + .note, table + .note, .facts + .note { margin-top: 12px; }
.pass { color: var(--pass); } .review { color: var(--review); } .fail { color: var(--fail); }
.pass, .review, .fail { font-weight: 600; white-space: nowrap; }
.mono { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 12px; }

.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(184px, 1fr)); gap: 16px 24px; margin: 0; }
.figures dt { font-size: 12px; line-height: 16px; color: var(--quiet); }
.figures dd { margin: 0; font-variant-numeric: tabular-nums; }
.figures .value { font-size: 24px; line-height: 32px; font-weight: 600; }
.figures .note { display: block; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(320px, 1fr)); gap: 16px 48px; }
.columns h3 { margin-top: 0; }
.legend + .columns, .columns + .columns, .legend + .keep { margin-top: 24px; }
nav { margin-top: 12px; display: flex; flex-wrap: wrap; gap: 4px 16px; }
nav a { color: var(--accent); text-decoration: none; }
nav a:hover { text-decoration: underline; }
header p { margin: 0 0 4px; max-width: none; }

table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 4px 12px 4px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { font-size: 12px; font-weight: 600; color: var(--quiet); vertical-align: bottom; }
tbody th { font-size: 13px; font-weight: 400; color: var(--ink); vertical-align: top; }
td.name, figcaption, li { overflow-wrap: anywhere; }
th.number, td.number { text-align: right; white-space: nowrap; }
th:last-child, td:last-child { padding-right: 0; }
th button {
  all: unset; cursor: pointer; display: inline-block; padding: 2px 0;
}
th button:hover { color: var(--ink); }
th button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
th[aria-sort=ascending] button::after { content: " \2191"; }
th[aria-sort=descending] button::after { content: " \2193"; }
.wide { overflow-x: auto; }
.wide + p, .scroll + p, ul + .note { margin-top: 12px; }
.sign-off td { height: 44px; width: 25%; }
.sign-off th { vertical-align: bottom; }
.scroll { max-height: 640px; overflow: auto; }
.scroll thead th { position: sticky; top: 0; background: var(--ground); box-shadow: 0 1px 0 var(--line); }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 4px 24px; margin: 0; }
.facts dt { color: var(--quiet); }
.facts dd { margin: 0; }
ul { margin: 0; padding-left: 20px; }
li { margin-bottom: 4px; }
summary { cursor: pointer; color: var(--accent); }

.chart { display: block; width: 100%; height: auto; }
.chart.square { max-width: 400px; }
.chart text { font-size: 11px; fill: var(--quiet); font-variant-numeric: tabular-nums; }
.chart .label-fail { fill: var(--fail); font-weight: 600; font-size: 12px; }
.chart .label-review { fill: var(--review); font-weight: 600; font-size: 12px; }
.axis { stroke: var(--quiet); stroke-width: 1; }
.grid { stroke: var(--line); stroke-width: 1; }
.chance { stroke: var(--line); stroke-width: 1; stroke-dasharray: 4 4; }
.curve { fill: none; stroke: var(--accent); stroke-width: 2; stroke-linejoin: round; }
.mark { fill: var(--fail); stroke: var(--ground); stroke-width: 1.5; }
rect.good { fill: var(--pass); }
rect.defect { fill: url(#hatch); stroke: var(--fail); stroke-width: 1; }
.hatch { stroke: var(--fail); stroke-width: 1.6; }
rect.unlabelled { fill: none; stroke: var(--quiet); stroke-width: 1; }
.dot.good { fill: var(--pass); fill-opacity: 0.75; }
.dot.defect { fill: none; stroke: var(--fail); stroke-width: 1.4; }
.patterns { position: absolute; }
.zone-review { fill: var(--review); fill-opacity: 0.10; }
.zone-fail { fill: var(--fail); fill-opacity: 0.07; }
.cut-review { stroke: var(--review); stroke-width: 2; }
.cut-fail { stroke: var(--fail); stroke-width: 2; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 4px 0 0; }
.legend svg { display: inline-block; width: 12px; height: 12px; margin-right: 6px; vertical-align: -1px; overflow: visible; }

.gallery { display: grid; grid-template-columns: repeat(auto-fill, minmax(312px, 1fr)); gap: 20px 24px; }
figure { margin: 0; min-width: 0; }
.gallery.full { grid-template-columns: 1fr; }
.pair { display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; gap: 4px; max-width: 1040px; }
.gallery.full .pair { grid-auto-columns: minmax(0, 240px); }
.pair img { display: block; width: 100%; height: auto; background: var(--soft); }
figcaption { margin-top: 6px; display: grid; grid-template-columns: 1fr max-content; gap: 0 12px; }
figcaption .note { grid-column: 1 / -1; }

@media (max-width: 560px) { body { padding: 16px 12px 48px; } .facts { grid-template-columns: 1fr; gap: 0; } .facts dd { margin-bottom: 8px; } }
@page { margin: 16mm 14mm; }
@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 9.5pt; line-height: 14pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  section { margin-top: 20px; padding-top: 14px; }
  h2, h3 { break-after: avoid; }
  figure, .figures div, .chart, tr, .keep { break-inside: avoid; }
  thead { display: table-header-group; break-inside: avoid; }
  th button { display: contents; } /* as a box of its own it keeps Chromium from repeating the head on every page */
  .wide, .scroll { max-height: none; overflow: visible; }
  th.number { white-space: normal; }
  .scroll thead th { position: static; box-shadow: none; }
  .gallery { grid-template-columns: 1fr 1fr; }
  .gallery.full { grid-template-columns: 1fr; }
  nav { display: none; }
  .columns { grid-template-columns: 1fr 1fr; gap: 16px 32px; }
  .figures { grid-template-columns: repeat(4, 1fr); }
}
)css";
}

std::string_view reportScript() {
    return R"js(
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const heads = Array.from(table.tHead.rows[0].cells);
  const key = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);
  };
  const compare = (a, b) => typeof a === "number" ? a - b : a.localeCompare(b, undefined, { numeric: true });
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const descending = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      rows.sort((a, b) => compare(key(a, column), key(b, column)) * (descending ? -1 : 1));
      body.append(...rows);
    });
  });
}
)js";
}

}  // namespace services
