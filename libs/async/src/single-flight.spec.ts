import { describe, expect, it } from 'vitest';
import { SingleFlight } from './single-flight.ts';

describe('SingleFlight', () => {
  it('starts one run for all callers of a key, and another for another key', async () => {
    const flights = new SingleFlight<number>();
    const gate = Promise.withResolvers<number>();
    let starts = 0;
    const work = () => {
      starts += 1;
      return gate.promise;
    };
    const all = [flights.share('a', work), flights.share('a', work), flights.share('b', work)];
    expect(starts).toBe(2);
    expect(flights.isRunning('a')).toBe(true);
    gate.resolve(7);
    expect(await Promise.all(all)).toEqual([7, 7, 7]);
    expect(flights.isRunning('a')).toBe(false);
  });

  it('gives the error to all who share the run, and starts a new one afterwards', async () => {
    const flights = new SingleFlight<string>();
    const failing = () => Promise.reject(new Error('down'));
    const outcomes = await Promise.allSettled([flights.share('a', failing), flights.share('a', failing)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await flights.share('a', () => Promise.resolve('up'))).toBe('up');
  });

  it('starts a new run after forget, and the end of the old one does not end the new one', async () => {
    const flights = new SingleFlight<string>();
    const old = Promise.withResolvers<string>();
    const first = flights.share('a', () => old.promise);
    flights.forget('a');
    const next = Promise.withResolvers<string>();
    const second = flights.share('a', () => next.promise);
    old.resolve('old');
    expect(await first).toBe('old');
    expect(flights.isRunning('a')).toBe(true);
    next.resolve('new');
    expect(await second).toBe('new');
  });
});
