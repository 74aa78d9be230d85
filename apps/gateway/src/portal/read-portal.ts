import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { portalAssetHeaders, portalHeaders } from '@registrar/contracts-gateway';
import { safetyHeaders } from '../http/safety-headers.ts';
import { portalFile } from './portal-file.ts';
import type { PortalFile } from './portal-file.ts';
import { portalManifest } from './portal-manifest.ts';
import type { PortalManifest } from './portal-manifest.ts';
import { Portal } from './portal.ts';

/** All files together, bytes: they stay in memory. */
const mostBytes = 32 * 1_024 * 1_024;

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** A name as builds write them: nothing in it needs an escape in a path. */
const plainName = /^[A-Za-z0-9_~-][A-Za-z0-9._~-]*$/;

/**
 * Reads the folder that the portal's build wrote. Of a folder `previous/` in it, an earlier build, the assets are
 * served too: pages that were open before a release still load theirs.
 *
 * @throws Error that says which file is missing, malformed or too much
 */
export function readPortal(folder: string): Portal {
  const manifest = readManifest(folder);
  const reader = new FolderReader();
  const pageHeaders = { ...portalHeaders(manifest.styleHashes), 'cache-control': 'no-cache' };
  const page = reader.file(folder, 'index.html', pageHeaders);
  if (!page) throw new Error(`The portal in ${folder} has no index.html.`);
  const named = { ...safetyHeaders, 'cache-control': 'no-cache' };
  const files = new Map([
    // The later entry counts: an asset of this release before one of the release before.
    ...reader.folder(join(folder, 'previous', 'assets'), '/assets/', portalAssetHeaders),
    ...reader.folder(join(folder, 'assets'), '/assets/', portalAssetHeaders),
    ...reader.folder(join(folder, 'icons'), '/icons/', named),
    ...['favicon.svg', 'manifest.webmanifest'].flatMap((name) => reader.entry(folder, '/', name, named)),
    // A worker obeys the policy of its own script.
    ...reader.entry(folder, '/', 'sw.js', pageHeaders),
  ]);
  return new Portal(files, manifest.paths, page);
}

function readManifest(folder: string): PortalManifest {
  const path = join(folder, 'portal.json');
  try {
    return portalManifest.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new Error(`PORTAL_DIR is not a build of the portal: ${path} is missing or malformed.`, {
      cause: error,
    });
  }
}

/** Reads files into memory, up to the bound. */
class FolderReader {
  private sizeBytes = 0;

  /** The files right in a folder by the path that they are served at; none where it is not there. */
  folder(folder: string, at: string, headers: Record<string, string>): [string, PortalFile][] {
    if (!existsSync(folder)) return [];
    const names = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && plainName.test(entry.name) && extname(entry.name) in types)
      .map(({ name }) => name);
    return names.flatMap((name) => this.entry(folder, at, name, headers));
  }

  /** One file by the path that it is served at; nothing where it is not there. */
  entry(folder: string, at: string, name: string, headers: Record<string, string>): [string, PortalFile][] {
    const file = this.file(folder, name, headers);
    return file ? [[`${at}${name}`, file]] : [];
  }

  file(folder: string, name: string, headers: Record<string, string>): PortalFile | undefined {
    const [identity, br, gzip] = ['', '.br', '.gz'].map((end) => this.bytes(join(folder, `${name}${end}`)));
    if (!identity) return undefined;
    const type = types[extname(name)] ?? 'application/octet-stream';
    const forms = { identity, ...(br && { br }), ...(gzip && { gzip }) };
    return portalFile(forms, { ...headers, 'content-type': type });
  }

  private bytes(path: string): Buffer | undefined {
    if (!existsSync(path)) return undefined;
    const bytes = readFileSync(path);
    this.sizeBytes += bytes.length;
    if (this.sizeBytes > mostBytes)
      throw new Error(`The portal has more than 32 MiB of files, up to ${path}.`);
    return bytes;
  }
}
