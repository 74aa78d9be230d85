import type { Plugin } from 'vite';
import { paths } from '../app/paths.ts';

/**
 * SHA-256 of the one style element that React Aria adds on iOS (`usePreventScroll`): the server names it in
 * `style-src`. A test compares it with the installed package.
 */
export const styleHashes: readonly string[] = [];

/** Writes `portal.json`, by which the server knows what it serves: the paths of screens, and styles of libraries. */
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
