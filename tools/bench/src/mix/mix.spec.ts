import { describe, expect, it } from 'vitest';
import { makeDataset } from '../dataset/dataset.ts';
import { cataloguePaths, endpoints, mixShares, warmUpList } from './mix.ts';

const data = makeDataset(1, new Date('2026-09-01T12:00:00Z'));
const paths = cataloguePaths(data);
const tokens = data.users.map(({ id }) => `token-of-${id}`);

describe('the mix', () => {
  it('asks for all semesters and departments, searches and filters', () => {
    const queries = paths.map((path) => new URLSearchParams(path.split('?')[1] ?? ''));
    const asked = (name: string) => new Set(queries.flatMap((query) => query.getAll(name)));
    expect(asked('semesterId')).toEqual(new Set(data.semesters.map(({ id }) => id)));
    expect(asked('departmentId')).toEqual(new Set(data.departments.map(({ id }) => id)));
    for (const name of ['q', 'instructorId', 'status', 'limit']) expect(asked(name).size).toBeGreaterThan(0);
  });

  it('is 60 % catalogue, 30 % own enrollments and 10 % profile, each user asking', () => {
    const shares = mixShares(paths, tokens);
    expect(shares.map(({ weight, requests }) => [requests[0]?.endpoint, weight])).toEqual([
      [endpoints.catalogue, 60],
      [endpoints.own, 30],
      [endpoints.profile, 10],
    ]);
    expect(shares[1]?.requests).toHaveLength(2_000);
    expect(new Set(shares[1]?.requests.map(({ headers }) => headers['authorization'])).size).toBe(2_000);
  });

  it('warms up with each different request once', () => {
    const list = warmUpList(mixShares(paths, tokens));
    expect(list).toHaveLength(new Set(paths).size + 2 * tokens.length);
  });
});
