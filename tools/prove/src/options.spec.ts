import { describe, expect, it } from 'vitest';
import { proveOptions } from './options.ts';

const half = () => 0.5;

describe('the options of a proof', () => {
  it('are a whole run with a seed of its own when nothing is said', () => {
    expect(proveOptions([], half)).toMatchObject({
      seed: 500_000,
      students: 10_000,
      courses: 200,
      hot: 10,
      external: false,
    });
  });

  it('are those of a small run, but for what is said', () => {
    const options = proveOptions(['--small', '--seed', '7', '--hot', '1', '--chaos', 'kill,redisAway'], half);
    expect(options).toMatchObject({ seed: 7, students: 120, hot: 1, chaos: ['kill', 'redisAway'] });
  });

  it('can be without chaos', () => {
    expect(proveOptions(['--chaos', 'none'], half)).toMatchObject({ chaos: [] });
  });

  it('can name several sabotages', () => {
    const options = proveOptions(['--sabotage', 'no-condition,lost-outbox'], half);
    expect(options).toMatchObject({ sabotage: ['no-condition', 'lost-outbox'] });
    expect(proveOptions([], half)).toMatchObject({ sabotage: [] });
  });

  it.each([
    [['--seed', 'x'], '--seed takes a whole number'],
    [['--sabotage', 'everything'], '--sabotage takes one of'],
    [['--wrong'], "Unknown option '--wrong'"],
  ])('are refused with a reason: %j', (args, reason) => {
    expect(() => proveOptions(args, half)).toThrow(reason);
  });

  it('can be asked for', () => expect(proveOptions(['--help'], half)).toBe('help'));
});
