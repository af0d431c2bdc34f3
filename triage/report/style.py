"""The one style sheet of the HTML pages: light, dark and print; every pair of colours has a contrast of 4.5 or more."""

STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #ffffff; --line: #767676; --soft: #f1f1ee; --mark: #9b1c1c;
  --bar: #3b6ea5; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececec; --paper: #161616; --line: #9a9a9a; --soft: #262626; --mark: #ffb3ab;
    --bar: #7fb0e6; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 46rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; margin: 1.6rem 0 .5rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.2rem 0 .4rem; }
h4 { font-size: 1rem; margin: 1rem 0 .3rem; }
h5, h6 { font-size: 1rem; margin: .6rem 0 .2rem; }
a { color: inherit; }
p { margin: .4rem 0; }
ul { margin: .3rem 0; padding-left: 1.2rem; }
li { margin: .2rem 0; }
.mark { font-weight: 600; }
.notice { border: 2px solid var(--line); background: var(--soft); padding: .6rem .9rem; margin: .6rem 0; }
.urgent .notice { border-color: var(--mark); }
.notice strong { display: block; font-size: 1.15rem; }
.urgent .notice strong { color: var(--mark); }
table { border-collapse: collapse; width: 100%; margin: .6rem 0; }
caption { text-align: left; padding: .2rem 0; }
th, td { border: 1px solid var(--line); padding: .3rem .4rem; text-align: left; vertical-align: top; }
th { min-width: 3.5rem; }
th { font-weight: 600; font-size: .85rem; }
td:empty { height: 2.1rem; }
.scroll { overflow-x: auto; }
figure { margin: .6rem 0; }
figure svg { width: 11rem; max-width: 100%; height: auto; display: block; }
.part { fill: none; stroke: var(--line); stroke-width: .6; }
.part.on { fill: var(--mark); fill-opacity: .55; stroke: var(--ink); stroke-width: 1; }
footer { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: .5rem; }
td.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.drawn { width: 35%; min-width: 5rem; }
.bar { display: block; width: 100%; height: 1rem; border-left: 1px solid var(--line); }
.fill { fill: var(--bar); }
@media (max-width: 34rem) {
  td.drawn { width: 20%; min-width: 3rem; } th, td { padding: .25rem .3rem; } ul { padding-left: 1rem; }
}
.side { font-size: 7px; fill: var(--ink); text-anchor: middle; }
.divider { margin-top: 2.5rem; border-top: 4px double var(--line); }
article + article { margin-top: 3rem; border-top: 4px double var(--line); padding-top: 1rem; }
@media print {
  :root { --ink: #000; --paper: #fff; --line: #555; --soft: #fff; --mark: #000; --bar: #444; }
  html { font-size: 9pt; }
  body { max-width: none; padding: 0; line-height: 1.25; }
  h1 { font-size: 15pt; } h2 { font-size: 11.5pt; margin: .5rem 0 .2rem; }
  h3 { font-size: 10pt; margin: .6rem 0 .2rem; }
  p, ul, figure, table, .notice { margin: .15rem 0; } li { margin: .05rem 0; } .notice { padding: .3rem .6rem; }
  figure { display: flex; gap: 1rem; align-items: center; } figure svg { width: 6rem; }
  ul.flat { columns: 2; column-gap: 1.5rem; }
  h2, h3, h4, h5, h6 { break-after: avoid; } li, tr, .notice, figure { break-inside: avoid; }
  .divider, article + article { break-before: page; border: 0; margin: 0; padding: 0; }
  td:empty { height: 1.3rem; } footer { margin-top: .3rem; padding-top: .1rem; } .scroll { overflow: visible; }
}
@page { margin: 8mm 12mm; }
"""
