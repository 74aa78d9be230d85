import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clockNow, followClockFile } from './clock.ts';

const hourMs = 3_600_000;
let folder: string;
const path = () => join(folder, 'clock');
/** In whole hours, as a moment passes between the two readings; adding 0 turns -0 into 0. */
const shiftMs = () => Math.round((clockNow() - Date.now()) / hourMs) * hourMs + 0;
let written = 0;

function setClock(text: string): void {
  writeFileSync(path(), text);
  // Two writes within the resolution of file times are told apart.
  written += 1;
  utimesSync(path(), written, written);
}

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'clock-'))));

afterEach(() => {
  followClockFile(undefined);
  rmSync(folder, { recursive: true });
});

describe('the clock', () => {
  it('is the wall clock where no file is followed', () => expect(shiftMs()).toBe(0));

  it('follows the file, whenever it changes', () => {
    followClockFile(path());
    expect(shiftMs()).toBe(0);
    for (const ms of [5 * hourMs, -3 * hourMs, 0]) {
      setClock(String(ms));
      expect(shiftMs()).toBe(ms);
    }
  });

  it.each(['soon', 'NaN', 'Infinity'])('is not shifted by a file that says %j', (text) => {
    followClockFile(path());
    setClock(text);
    expect(shiftMs()).toBe(0);
  });
});
