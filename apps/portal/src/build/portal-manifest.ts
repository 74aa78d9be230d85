import type { Plugin } from 'vite';
import { paths } from '../app/paths.ts';
import { contentSecurityPolicy, styleHashes } from './content-security-policy.ts';

/** Writes `portal.json`, by which a server knows what it serves: the paths of screens, and the policy of pages. */
export function writePortalManifest(): Plugin {
  return {
    name: 'portal-manifest',
    apply: 'build',
    generateBundle() {
      const source = JSON.stringify({ paths: Object.values(paths), contentSecurityPolicy, styleHashes });
      this.emitFile({ type: 'asset', fileName: 'portal.json', source });
    },
  };
}
