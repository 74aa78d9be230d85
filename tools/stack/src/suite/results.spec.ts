import { describe, expect, it } from 'vitest';
import type { VitestReport } from './results.ts';
import { failedTasksIn, sumUp } from './results.ts';

const good: VitestReport = {
  numPassedTests: 3,
  numFailedTests: 0,
  testResults: [
    { name: 'a.spec.ts', status: 'passed', assertionResults: [{ status: 'passed', fullName: 'a holds' }] },
  ],
};
const bad: VitestReport = {
  numPassedTests: 2,
  numFailedTests: 1,
  testResults: [
    { name: 'b.spec.ts', status: 'failed', assertionResults: [{ status: 'failed', fullName: 'b holds' }] },
    { name: 'c.spec.ts', status: 'failed', message: 'syntax', assertionResults: [] },
  ],
};

describe('sumUp', () => {
  it('adds up passed tests, failed tests and files that could not be run', () => {
    const reports = new Map([
      ['courses.test.json', good],
      ['cache.integration.json', bad],
    ]);
    expect(sumUp(reports, ['cache:integration'])).toEqual({
      passed: 5,
      failed: 2,
      failures: ['b.spec.ts: b holds', 'c.spec.ts: the file could not be run'],
    });
  });

  it('counts a failed task that has no report, and one whose report knows of no failure', () => {
    const reports = new Map([['courses.test.json', good]]);
    expect(sumUp(reports, ['courses:test', 'courses:lint', 'gateway:e2e']).failures).toEqual([
      'courses:test',
      'courses:lint',
      'gateway:e2e',
    ]);
  });
});

describe('failedTasksIn', () => {
  it('reads the list at the end of what Nx says', () => {
    const said =
      'noise - a:b\n NX   Ran targets lint, test for 2 projects\n\nFailed tasks:\n\n- courses:lint\n- stack:test\n';
    expect(failedTasksIn(said)).toEqual(['courses:lint', 'stack:test']);
  });

  it('finds none where there is no list', () => {
    expect(failedTasksIn('- courses:lint')).toEqual([]);
  });
});
