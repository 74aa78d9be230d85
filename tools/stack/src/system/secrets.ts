import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../process/launch.ts';

/** The secrets that the apps of one system share. */
export interface Secrets {
  readonly SERVICE_TOKEN_SECRET: string;
  readonly CURSOR_SECRET: string;
}

/**
 * The secrets of a local system: made at its first start and kept in its folder, readable by its owner only,
 * so that cursors outlive a restart. Those in `env` go first.
 */
export function localSecrets(directory: string, env: Readonly<Record<string, string | undefined>>): Secrets {
  const file = join(directory, 'secrets.json');
  if (!existsSync(file)) {
    const made: Secrets = {
      SERVICE_TOKEN_SECRET: randomBytes(32).toString('base64url'),
      CURSOR_SECRET: randomBytes(32).toString('base64url'),
    };
    writeWhole(file, JSON.stringify(made), 0o600);
  }
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  return {
    SERVICE_TOKEN_SECRET: env['SERVICE_TOKEN_SECRET'] ?? kept.SERVICE_TOKEN_SECRET,
    CURSOR_SECRET: env['CURSOR_SECRET'] ?? kept.CURSOR_SECRET,
  };
}
