import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const start = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null });`;

/**
 * What the page may load and call: its own files, the script in it by its hash, the pictures within the style, and
 * the API. No inline style, no `eval`, nothing from outside.
 */
export const docsPolicy = [
  "default-src 'none'",
  `script-src 'self' 'sha256-${createHash('sha256').update(start).digest('base64')}'`,
  "style-src 'self'",
  'img-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The API as one page where each call can be tried: Swagger UI over `/api/openapi.json`. */
export const docsPage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Registrar API</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/api/docs/swagger-ui.css"></head><body>
<nav class="swagger-ui"><p class="wrapper">For programs: <a href="/api/openapi.json">openapi.json</a> (OpenAPI 3.1) and <a href="/api/asyncapi.json">asyncapi.json</a> (AsyncAPI 3).</p></nav>
<main id="swagger-ui"></main>
<script src="/api/docs/swagger-ui-bundle.js"></script><script>${start}</script>
</body></html>
`;

/** A file of Swagger UI, as its package has it. */
export function swaggerUiFile(name: 'swagger-ui.css' | 'swagger-ui-bundle.js'): Buffer {
  return readFileSync(createRequire(import.meta.url).resolve(`swagger-ui-dist/${name}`));
}
