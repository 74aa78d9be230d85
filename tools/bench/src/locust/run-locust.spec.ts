import { describe, expect, it } from 'vitest';
import { readLocust } from './run-locust.ts';

const csv = [
  'Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,Max Response Time,Average Content Size,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%',
  'GET,GET /api/courses,60,1,3,4.5,1,50,15000,480.0,0,3,4,4,4,5,9,12,20,50,50,50',
  ',Aggregated,100,1,3,4.25,1,80,9000,800.5,0,3,4,4,4,5,8,12,19,80,80,80',
].join('\r\n');

describe('readLocust', () => {
  it('takes the line of all requests together', () => {
    expect(readLocust({ version: 'locust 2.40.0 from /somewhere', csv })).toEqual({
      version: '2.40.0',
      requests: 100,
      failures: 1,
      averageMs: 4.25,
      p50Ms: 3,
      p95Ms: 8,
      p99Ms: 19,
      maxMs: 80,
      requestsPerSecond: 800.5,
    });
  });

  it('says so where there is none', () => {
    expect(() => readLocust({ version: '', csv: 'Type,Name\r\n' })).toThrow('no line');
  });
});
