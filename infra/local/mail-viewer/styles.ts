export const STYLES = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#14213d, #e6ebf5);
  --quiet: light-dark(#566176, #b3bed1);
  --paper: light-dark(#ffffff, #172033);
  --ground: light-dark(#f2f5fb, #0f172a);
  --line: light-dark(#d8dee9, #34425e);
  --link: light-dark(#0b4fd6, #8ab4ff);
  --good: light-dark(#0a6b3d, #7ee2a8);
  --bad: light-dark(#a8201a, #ff9d96);
}
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 'Source Sans 3', 'Segoe UI', Roboto, Helvetica, Arial, sans-serif }
a { color: var(--link) }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
.skip { position: absolute; left: -999px }
.skip:focus { left: 8px; top: 8px; background: var(--paper); padding: 8px }
header { background: var(--paper); border-bottom: 1px solid var(--line) }
header nav, main { max-width: 1200px; margin: 0 auto; padding: 12px 20px }
header nav a, .looks a, .pages a { margin-right: 16px }
h1 { font-size: 24px; line-height: 1.25; margin: 12px 0; overflow-wrap: anywhere }
h2 { font-size: 18px; margin: 24px 0 8px }
form { display: flex; flex-wrap: wrap; gap: 12px; align-items: end; padding: 14px; background: var(--paper); border: 1px solid var(--line); border-radius: 8px }
label { display: grid; gap: 2px; font-size: 14px; color: var(--quiet) }
input, select, button { font: inherit; padding: 6px 10px; color: var(--ink); background: var(--ground); border: 1px solid var(--quiet); border-radius: 6px }
.scrolls { overflow-x: auto; background: var(--paper); border: 1px solid var(--line); border-radius: 8px }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: 8px 12px; border-top: 1px solid var(--line); overflow-wrap: anywhere }
thead th { border-top: 0; color: var(--quiet); font-weight: 600; font-size: 14px }
td:first-child, time { white-space: nowrap; font-variant-numeric: tabular-nums }
.headers { background: var(--paper) }
.headers th { color: var(--quiet); font-weight: 400; white-space: nowrap }
.badge, thead th { white-space: nowrap }
.badge { font-weight: 600 }
.good { color: var(--good) }
.bad { color: var(--bad) }
dl { display: flex; flex-wrap: wrap; gap: 8px 28px; margin: 0 }
dt { font-size: 14px; color: var(--quiet) }
dd { margin: 0; overflow-wrap: anywhere }
pre { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 16px; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere }
iframe { width: 100%; max-width: 640px; height: 860px; border: 1px solid var(--line); border-radius: 8px; background: #ffffff }
iframe.narrow { width: 320px }
.looks { margin: 8px 0 12px }
[aria-current='true'] { color: var(--ink); font-weight: 600; text-decoration: none }
.gallery { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 480px), 1fr)); gap: 20px 28px }
.gallery article { min-width: 0 }
.gallery h2 { margin-bottom: 2px }
.gallery p { margin: 0 0 8px; color: var(--quiet); overflow-wrap: anywhere }
`;
