import type { Plugin } from 'vite';
import { paths } from '../app/paths.ts';
import { styleHashes } from './style-hashes.ts';

/** Writes `portal.json`, by which a server knows what it serves: the paths of screens, and styles of libraries. */
export function writePortalManifest(): Plugin {
  return {
    name: 'portal-manifest',
    apply: 'build',
    generateBundle() {
      const source = JSON.stringify({ paths: Object.values(paths), styleHashes });
      this.emitFile({ type: 'asset', fileName: 'portal.json', source });
    },
  };
}
