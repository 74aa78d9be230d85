import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives a run of tests a temporary folder of its own, and removes it after the run with all that was left there. */
export default function usePassingFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-tests-'));
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
