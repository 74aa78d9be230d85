import { readFileSync } from 'node:fs';
import { scopes } from '@registrar/contracts-http';
import { describe, expect, it } from 'vitest';

const page = readFileSync(new URL('../../../../docs/integrators.md', import.meta.url), 'utf8');

describe('the page for integrators', () => {
  it('has every scope in the words of the contract', () => {
    const rows = [...page.matchAll(/^\| `([\w.]+)` +\| (.+?) +\|$/gm)].map(([, name, words]) => [
      name,
      words,
    ]);
    expect(rows).toEqual(Object.entries(scopes));
  });
});
