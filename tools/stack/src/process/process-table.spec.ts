import { describe, expect, it } from 'vitest';
import { processesOf } from './orphans.ts';
import { processesUpToNpm } from './npm-watch.ts';
import { runIdOf } from './process-table.ts';
import { findOnPath, javaMajor } from './programs.ts';

describe('runIdOf', () => {
  it('finds the run id among the variables', () => {
    expect(runIdOf('PATH=/bin\0REGISTRAR_RUN=/checkout/.local/dev#1a\0HOME=/root\0')).toBe(
      '/checkout/.local/dev#1a',
    );
  });

  it('is not fooled by a variable whose name or value only contains it', () => {
    expect(runIdOf('OLD_REGISTRAR_RUN=/a#1\0NOTE=REGISTRAR_RUN=/a#1\0')).toBeUndefined();
  });
});

describe('processesOf', () => {
  const processes = [
    { pid: 1, runId: '/checkout/.local/dev#old' },
    { pid: 2, runId: '/checkout/.local/dev#new' },
    { pid: 3, runId: '/checkout/.local/dev-2#old' },
    { pid: 4, runId: '/elsewhere/.local/dev#old' },
  ];

  it('finds all runs of one stack and nothing of another', () => {
    expect(processesOf(processes, { directory: '/checkout/.local/dev' })).toEqual([1, 2]);
  });

  it('finds one run', () => {
    expect(processesOf(processes, { runId: '/checkout/.local/dev#new' })).toEqual([2]);
  });
});

describe('processesUpToNpm', () => {
  const parents = new Map([
    [50, 40],
    [40, 30],
    [30, 20],
    [20, 1],
  ]);
  const walk = (commands: Record<number, string>): number[] =>
    processesUpToNpm(
      50,
      (pid) => parents.get(pid),
      (pid) => commands[pid] ?? 'bash',
    );

  it('goes up to npm and no further', () => {
    expect(walk({ 30: 'npm start' })).toEqual([40, 30]);
    expect(walk({ 30: 'node /usr/bin/npm start' })).toEqual([40, 30]);
  });

  it('watches nobody when npm is not involved', () => {
    expect(walk({ 30: '/opt/npmlike/tool' })).toEqual([]);
  });
});

describe('javaMajor', () => {
  it.each([
    ['openjdk version "17.0.15" 2025-04-15', 17],
    ['java version "1.8.0_402"', 8],
    ['openjdk version "24" 2025-03-18', 24],
    ['command not found', undefined],
  ])('reads %s', (versionText, major) => expect(javaMajor(versionText)).toBe(major));
});

describe('findOnPath', () => {
  it('finds a program that may be run, and no folder or unknown name', () => {
    expect(findOnPath('sh', '/nowhere:/bin')).toBe('/bin/sh');
    expect(findOnPath('bin', '/usr')).toBeUndefined();
    expect(findOnPath('no-such-program', '/bin')).toBeUndefined();
  });
});
