import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { portalHeaders } from '@registrar/contracts-gateway';
import type { StubApi } from './stub-api.ts';

/** The built portal. */
export const distFolder = join(import.meta.dirname, '../../dist');

interface PortalManifest {
  readonly paths: readonly string[];
  readonly styleHashes: readonly string[];
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

/**
 * Serves the built portal as the gateway does, with the API of `api` beside it, on a free port of loopback.
 *
 * `stop` and `start` take the server away and bring it back at the same address.
 */
export class PortalServer {
  /** How many pages were navigated to, beside what the service worker fetches. */
  pageCount = 0;
  private server: Server | undefined;
  private hidden: RegExp | undefined;
  private readonly replaced = new Map<string, string>();
  private port = 0;
  private readonly api: StubApi;
  private readonly manifest: PortalManifest;

  constructor(api: StubApi) {
    const file = join(distFolder, 'portal.json');
    if (!existsSync(file)) throw new Error('The portal is not built: run `npx nx build portal`.');
    this.manifest = JSON.parse(readFileSync(file, 'utf8')) as PortalManifest;
    this.api = api;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => void this.answer(request, response));
    this.server = server;
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server === undefined) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  /** Assets that are gone, as after a release; undefined brings them back. */
  hideAssets(pattern: RegExp | undefined): void {
    this.hidden = pattern;
  }

  /** A file of another release, as script; undefined brings this one's back. */
  replace(path: string, text: string | undefined): void {
    if (text === undefined) this.replaced.delete(path);
    else this.replaced.set(path, text);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', this.origin);
    // Chromium repeats a request by itself when a kept connection breaks: a lost answer has to stay lost.
    response.shouldKeepAlive = false;
    response.setHeader('x-content-type-options', 'nosniff');
    if (pathname.startsWith('/api/')) return this.api.handle(request, response);
    if (
      this.manifest.paths.some((path) => new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`).test(pathname))
    )
      return this.sendPage(request, response);
    const replaced = this.replaced.get(pathname);
    if (replaced !== undefined) {
      response.writeHead(200, { 'content-type': types['.js'], 'cache-control': 'no-cache' }).end(replaced);
      return;
    }
    const isAsset = pathname.startsWith('/assets/');
    const isFile = isAsset || ['.js', '.svg', '.webmanifest'].includes(extname(pathname));
    if (!isFile || this.hidden?.test(pathname) || !existsSync(join(distFolder, pathname))) {
      response.writeHead(404, { 'content-type': 'application/problem+json' }).end('{}');
      return;
    }
    this.sendFile(response, pathname, isAsset ? 'public, max-age=31536000, immutable' : 'no-cache');
  }

  private sendPage(request: IncomingMessage, response: ServerResponse): void {
    if (request.headers['sec-fetch-mode'] === 'navigate') this.pageCount += 1;
    this.sendFile(response, 'index.html', 'no-cache');
  }

  private sendFile(response: ServerResponse, name: string, caching: string): void {
    const headers = portalHeaders(this.manifest.styleHashes);
    for (const [header, value] of Object.entries(headers)) response.setHeader(header, value);
    response.setHeader('cache-control', caching);
    response.setHeader('content-type', types[extname(name)] ?? 'application/octet-stream');
    const file = join(distFolder, name);
    const packed = existsSync(`${file}.br`);
    if (packed) response.setHeader('content-encoding', 'br');
    response.end(readFileSync(packed ? `${file}.br` : file));
  }
}
