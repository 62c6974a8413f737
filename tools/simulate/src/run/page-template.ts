// The page's template (Liquid). Values are escaped by the engine; `raw` is used for the plots alone.
const tableOf = (rows: string, headings: readonly string[], labels: number): string => `
<div class="wide"><table>
<thead><tr>${headings.map((heading, at) => `<th scope="col"${at < labels ? ' class="label"' : ""}>${heading}</th>`).join("")}</tr></thead>
<tbody>
{%- for row in ${rows} %}
<tr>{% for cell in row %}<td{% if forloop.index <= ${labels} %} class="label"{% endif %}>{{ cell }}</td>{% endfor %}</tr>
{%- endfor %}
</tbody></table></div>`;

export const pageTemplate = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Season {{ season.from }} to {{ season.to }}</title>
<style>
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, sans-serif; color: #1d2530; background: #fff; margin: 0 auto; max-width: 1240px; padding: 16px; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 8px 0; }
h2 { font-size: 1.15rem; margin: 32px 0 8px; }
p { margin: 8px 0; }
.answer { border-left: 6px solid #b3261e; background: #fdf1f0; padding: 12px 16px; font-weight: 600; }
.answer.good { border-color: #0b7a75; background: #eef8f7; }
.note { border-left: 6px solid #d1a10e; background: #fdf8e8; padding: 8px 16px; }
.muted { color: #4c5663; }
figure { margin: 0; }
svg { max-width: 100%; height: auto; display: block; }
.phone { display: none; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 10px; text-align: right; border-bottom: 1px solid #e3e7ed; white-space: nowrap; }
th { color: #4c5663; font-weight: 600; }
.label { text-align: left; }
pre { background: #f5f7f9; padding: 12px; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 0.82rem; }
@media (max-width: 720px) {
  .screen { display: none; }
  .phone { display: block; }
  th, td { padding: 5px 7px; font-size: 0.86rem; }
}
</style>
</head>
<body>
<main>
<h1>Season {{ season.from }} to {{ season.to }}</h1>
<p class="muted">{{ season.executions }} executions, {{ season.timeZone }}, market {{ season.market }}</p>
{%- for line in verdict %}
<p class="answer{% if isGood %} good{% endif %}">{{ line }}</p>
{%- endfor %}
{%- for note in notes %}
<p class="note">{{ note }}</p>
{%- endfor %}
<h2>Capacity and cost</h2>
${tableOf("capacity", ["policy", "slot-hours", "saving", "most slots", "scalings", "cost", "missed or expired"], 1)}
{%- for plot in plots %}
<h2>{{ plot.title }}</h2>
<figure aria-label="{{ plot.summary }}">
<div class="screen">{{ plot.wide | raw }}</div>
<div class="phone">{{ plot.narrow | raw }}</div>
<figcaption class="muted">{{ plot.summary }}</figcaption>
</figure>
{%- endfor %}
<h2>Waits from due to start</h2>
${tableOf("waits", ["policy", "tier", "started", "p50", "p95", "p99", "p99.9", "max"], 2)}
<h2>Saving by season</h2>
${tableOf("seasons", ["policy", "season", "slot-hours", "static peak", "saving"], 2)}
<h2>What this rests on</h2>
<pre>{% for line in assumptions %}{{ line }}
{% endfor %}</pre>
</main>
</body>
</html>
`;
