import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createCourseRequest } from './http.ts';

/** Beside the workspace unless `SHARED_DATA` says where; no part of the project. */
const folder = process.env['SHARED_DATA'] ?? join(import.meta.dirname, '../../../../../shared/data');
const file = join(folder, 'catalogues', 'rpi-fall-2024.registrar.ndjson');
const isThere = existsSync(file);
if (!isThere)
  process.stdout.write(`Skipped: there is no ${file} (SHARED_DATA names the folder of the data).\n`);

it.skipIf(!isThere)('the whole semester of a real university can be asked for as it is', () => {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  const faults = lines.flatMap((line) => {
    const { crn, body } = JSON.parse(line) as { crn: string; body: unknown };
    const { error } = createCourseRequest.safeParse(body);
    return error ? [`${crn}: ${error.message}`] : [];
  });
  expect([lines.length, faults]).toEqual([2_224, []]);
});
