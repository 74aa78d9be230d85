import { createHash } from 'node:crypto';
import type { GoodAnswer, Operation } from './operation.ts';
import { problemCodes } from './problem-codes.rules.ts';

const style = `
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2024;background:#fff}
h1{margin-bottom:0}h2{margin-top:2.5rem;border-bottom:1px solid #d9dde1}
nav a{margin-right:1rem}a{color:#0b57d0}
details{border:1px solid #d9dde1;border-radius:6px;margin:.5rem 0;padding:.5rem .8rem}
summary{cursor:pointer}summary code{font-weight:600}
.get{color:#0a7d38}.post{color:#0b57d0}.put,.patch{color:#9a5b00}.delete{color:#b3261e}
.who{color:#5f6770;font-size:.85rem}
pre{background:#f4f6f8;padding:.7rem;overflow:auto;border-radius:6px;font-size:.85rem}
table{border-collapse:collapse}td,th{text-align:left;padding:.2rem .8rem .2rem 0;vertical-align:top}
@media(prefers-color-scheme:dark){body{color:#e3e6e8;background:#15181b}pre{background:#22272b}a{color:#8ab4f8}
.get{color:#6dd58c}.post{color:#8ab4f8}.put,.patch{color:#f0b35c}.delete{color:#f28b82}details,h2{border-color:#3a4147}}
`;

/** What the page may load: its own style, known by its hash, and nothing else. */
export const docsPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'`;

/** The documentation as one page: no script, nothing from outside. */
export function docsPage(operations: readonly Operation[]): string {
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  const sections = tags.map((tag) => {
    const ofTag = operations.filter((operation) => operation.tag === tag);
    return `<h2 id="${anchor(tag)}">${escape(tag)}</h2>\n${ofTag.map(operationHtml).join('\n')}`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Registrar API</title><style>${style}</style></head><body>
<h1>Registrar API</h1>
<p>Course registration: sign in, find a course, take a seat, hear of it. For programs: <a href="/api/openapi.json">openapi.json</a> (OpenAPI 3.1) and <a href="/api/asyncapi.json">asyncapi.json</a> (AsyncAPI 3).</p>
<p>Send the access token of <code>POST /api/auth/login</code> as <code>Authorization: Bearer &lt;token&gt;</code>. Errors are problem details (RFC 9457); go by their <code>code</code>.</p>
<nav>${tags.map((tag) => `<a href="#${anchor(tag)}">${escape(tag)}</a>`).join('')}</nav>
${sections.join('\n')}
</body></html>
`;
}

function operationHtml(operation: Operation): string {
  const { id, method, path, summary, description, caller, body } = operation;
  const parts = [
    description === undefined ? '' : `<p>${escape(description)}</p>`,
    body ? `<p>Body</p>${sample('csv' in body ? body.csv : body.example)}` : '',
    operation.answers.map(answerHtml).join(''),
    codesHtml(operation),
  ];
  return `<details id="${id}"><summary><code class="${method}">${method.toUpperCase()}</code> <code>${escape(path)}</code> ${escape(summary)} <span class="who">${who(caller)}</span></summary>${parts.join('')}</details>`;
}

function answerHtml({ status, description, example, alternatives = {} }: GoodAnswer): string {
  const others = Object.entries(alternatives).map(
    ([type, words]) => `<p><code>${escape(type)}</code>: ${escape(words)}</p>`,
  );
  return `<p><strong>${status}</strong> ${escape(description)}</p>${example === undefined ? '' : sample(example)}${others.join('')}`;
}

function codesHtml(operation: Operation): string {
  const rows = Object.entries(problemCodes(operation)).map(
    ([status, codes]) =>
      `<tr><th>${status}</th><td><code>${codes.map(escape).join('</code> <code>')}</code></td></tr>`,
  );
  return rows.length === 0 ? '' : `<table>${rows.join('')}</table>`;
}

function who(caller: Operation['caller']): string {
  return caller === 'public' ? 'anybody' : caller;
}

function sample(value: unknown): string {
  return `<pre>${escape(typeof value === 'string' ? value : JSON.stringify(value, null, 2))}</pre>`;
}

function anchor(tag: string): string {
  return tag.toLowerCase().replaceAll(' ', '-');
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
