import { describe, expect, it } from 'vitest';
import type { VitestReport } from './results.ts';
import { failedFilesIn, failedTasksIn, slowestFiles, sumUp } from './results.ts';

const good: VitestReport = {
  numPassedTests: 3,
  numFailedTests: 0,
  testResults: [
    {
      name: 'a.spec.ts',
      status: 'passed',
      startTime: 0,
      endTime: 1_500,
      assertionResults: [{ status: 'passed', fullName: 'a holds' }],
    },
  ],
};
const bad: VitestReport = {
  numPassedTests: 2,
  numFailedTests: 1,
  testResults: [
    {
      name: 'b.spec.ts',
      status: 'failed',
      startTime: 1_000,
      endTime: 4_000,
      assertionResults: [{ status: 'failed', fullName: 'b holds' }],
    },
    {
      name: 'c.spec.ts',
      status: 'failed',
      message: 'syntax',
      startTime: 0,
      endTime: 10,
      assertionResults: [],
    },
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
    const output =
      'noise - a:b\n NX   Ran targets lint, test for 2 projects\n\nFailed tasks:\n\n- courses:lint\n- stack:test\n';
    expect(failedTasksIn(output)).toEqual(['courses:lint', 'stack:test']);
  });

  it('finds none where there is no list', () => {
    expect(failedTasksIn('- courses:lint')).toEqual([]);
  });
});

describe('failedFilesIn', () => {
  const file = /^(\S+)\(\d+,\d+\): error/gm;

  it('names each file once', () => {
    const output = 'a.ts(1,2): error TS1: x\na.ts(3,4): error TS2: y\nb.ts(5,6): error TS3: z\n';
    expect(failedFilesIn(output, file, 'typecheck')).toEqual(['typecheck of a.ts', 'typecheck of b.ts']);
  });

  it('names the check where no file is named', () => {
    expect(failedFilesIn('out of memory', file, 'typecheck')).toEqual(['typecheck']);
  });
});

describe('slowestFiles', () => {
  it('lists the slowest files of all reports, with seconds', () => {
    expect(slowestFiles([good, bad], 2)).toEqual([
      { name: 'b.spec.ts', seconds: 3 },
      { name: 'a.spec.ts', seconds: 1.5 },
    ]);
  });
});
