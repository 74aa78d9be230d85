import { describe, expect, it } from 'vitest';
import { selfTimes } from './self-times.ts';

const frame = (functionName: string, url = '', lineNumber = 0) => ({ functionName, url, lineNumber });

describe('selfTimes', () => {
  it('adds up samples by function, most first, without idle time', () => {
    const profile = {
      nodes: [
        { id: 1, callFrame: frame('(root)') },
        { id: 2, callFrame: frame('(idle)') },
        { id: 3, callFrame: frame('handle', 'file:///x/apps/gateway/dist/front-door.js', 9) },
        { id: 4, callFrame: frame('', 'file:///x/node_modules/undici/pool.js') },
        { id: 5, callFrame: frame('handle', 'file:///x/apps/gateway/dist/front-door.js', 9) },
      ],
      samples: [2, 3, 4, 5, 2],
      timeDeltas: [900, 100, 100, 200, 900],
    };
    expect(selfTimes(profile)).toEqual([
      { name: 'handle apps/gateway/dist/front-door.js:10', share: 0.75 },
      { name: '(anonymous) node_modules/undici/pool.js:1', share: 0.25 },
    ]);
  });

  it('looks at the last seconds only, where told: a start is not what is measured', () => {
    const nodes = [
      { id: 1, callFrame: frame('load') },
      { id: 2, callFrame: frame('handle') },
    ];
    const profile = { nodes, samples: [1, 1, 2, 2], timeDeltas: [2e6, 2e6, 1e6, 1e6] };
    expect(selfTimes(profile, 2)).toEqual([{ name: 'handle', share: 1 }]);
    expect(selfTimes(profile)[0]?.name).toBe('load');
  });

  it('is empty for a process that only waited', () => {
    const profile = { nodes: [{ id: 1, callFrame: frame('(idle)') }], samples: [1], timeDeltas: [5] };
    expect(selfTimes(profile)).toEqual([]);
  });
});
