import { describe, expect, it } from 'vitest';
import { readPriceList } from '@registrar/costs';
import { sectionsVerdicts } from './sections/sections-section.ts';
import { successCriteria } from './criteria.rules.ts';
import { renderPage } from './page.ts';
import {
  sampleLoad,
  samplePhase,
  sampleReads,
  sampleRegistration,
  sampleSections,
} from './testing/sample-record.ts';
import { readVerdicts, registrationVerdicts } from './verdicts.rules.ts';

const list = readPriceList();
const reads = sampleReads();

describe('the page', () => {
  const { markdown, images } = renderPage(
    { reads, registration: sampleRegistration(), sections: sampleSections() },
    list,
  );

  it('opens with the eight criteria, each with its figure', () => {
    const first = markdown.indexOf('## The eight criteria');
    expect(markdown.indexOf('\n## ')).toBe(first - 1);
    const rows = markdown
      .slice(first)
      .split('![')[0]
      ?.match(/\| (reached|\*\*missed\*\*) \|/g);
    expect(rows).toHaveLength(8);
  });

  it('shows every picture that it makes, and makes every picture that it shows', () => {
    const shown = [...markdown.matchAll(/\]\(images\/([^)]+)\)/g)].map(([, name]) => name);
    expect(shown.toSorted()).toEqual(Object.keys(images).toSorted());
  });

  it('names the rate limits, the machine and the versions', () => {
    for (const part of ['RATE_LIMIT_USER_PER_SECOND=0', 'A processor', 'v24.0.0', 'abc1234', '2026-09-01'])
      expect(markdown).toContain(part);
  });

  it('has no figure that is none', () => {
    expect(markdown).not.toMatch(/NaN|undefined|Infinity|null/);
  });

  it('says of a quick run that its figures mean nothing', () => {
    const quick = { ...reads, options: { ...reads.options, quick: true } };
    expect(renderPage({ reads: quick }, list).markdown).toContain('its figures mean nothing');
    expect(markdown).not.toContain('its figures mean nothing');
  });

  it('is rendered from what there is: without the system before, without reads, with Locust', () => {
    const { before: _, ...alone } = reads;
    expect(renderPage({ reads: alone }, list).markdown).toContain('before was not run');
    expect(renderPage({ registration: sampleRegistration() }, list).markdown).not.toContain('eight criteria');
    const times = { averageMs: 5, p50Ms: 4, p95Ms: 9, p99Ms: 20, maxMs: 80 };
    const counts = { users: 200, requests: 10_000, failures: 0, requestsPerSecond: 780 };
    const locust = { madeAt: '2026-09-01T14:00:00.000Z', version: '2.0', ...times, ...counts };
    expect(renderPage({ locust }, list).markdown).toContain('200 users by Locust 2.0');
  });
});

describe('a missed figure', () => {
  it('is followed by what stands in the way, a reached one is not', () => {
    const { most } = reads.after;
    const large = Object.entries(most.processes).map(([name, each]) => [
      name,
      { ...each, memoryMegabytes: 900 },
    ]);
    const after = {
      ...reads.after,
      most: { ...most, processes: Object.fromEntries(large) as typeof most.processes },
    };
    const missed = renderPage({ reads: { ...reads, after } }, list).markdown;
    expect(missed).toContain('- **memory of each app');
    expect(renderPage({ reads }, list).markdown).not.toContain('- **memory of each app');
  });
});

describe('verdicts of sections', () => {
  it('are reached where all are answered, and the others hold their rate', () => {
    expect(sectionsVerdicts(sampleSections().result).filter(({ reached }) => !reached)).toEqual([]);
  });

  it('are missed where one is refused or lost, and where the others wait', () => {
    const { cost, bundles } = sampleSections().result;
    const change = (part: object) =>
      bundles.map((run) => ({ ...run, rushes: run.rushes.map((rush) => ({ ...rush, ...part })) }));
    const reached = (part: object) =>
      sectionsVerdicts({ cost, bundles: change(part) }).map((verdict) => verdict.reached);
    expect(reached({ unavailable: 1 })).toEqual([false, true, false, true, true]);
    expect(reached({ lost: 1 })).toEqual([false, true, false, true, true]);
    const plain = { load: sampleLoad(), perSecond: 7.9, enrolled: 95, unavailable: 25 };
    expect(reached({ beside: plain })).toEqual([true, false, true, false, true]);
  });
});

describe('verdicts', () => {
  it('are all reached by a run that reached everything', () => {
    const verdicts = [
      ...successCriteria(reads, list),
      ...readVerdicts(reads),
      ...registrationVerdicts(sampleRegistration().result),
    ];
    // The sample's one enrollment at rest takes 0.4 ms beside 0.3 ms.
    expect(verdicts.filter(({ reached }) => !reached)).toEqual([]);
    expect(verdicts).toHaveLength(8 + 7 + 7);
  });

  it('are missed where a single failure, a slow percentile or a slower generator says so', () => {
    const failed = { ...reads, after: { ...reads.after, steady: samplePhase({ failed: 1 }) } };
    expect(readVerdicts(failed)[0]?.reached).toBe(false);
    expect(successCriteria(failed, list)[3]?.reached).toBe(false);
    const slow = samplePhase({ latency: { ...sampleLoad().latency, p99Ms: 4.1 } });
    expect(readVerdicts({ ...reads, after: { ...reads.after, steady: slow } })[0]?.reached).toBe(false);
    const saturatedOwn = samplePhase({ ratePerSecond: 7_000 });
    expect(readVerdicts({ ...reads, after: { ...reads.after, saturatedOwn } })[1]?.reached).toBe(false);
  });

  it('count seats that are given, not answers, where most are told to try again', () => {
    const { result } = sampleRegistration();
    const [rush] = result.withoutQueue;
    const withoutQueue = rush ? [{ ...rush, enrolled: 60, load: { ...rush.load, seconds: 5 } }] : [];
    const verdict = registrationVerdicts({ ...result, withoutQueue })[0];
    expect(verdict).toMatchObject({ measured: expect.stringContaining('900 and 12'), reached: true });
  });

  it('count a student who was told yes and is not enrolled', () => {
    const { result } = sampleRegistration();
    const few = { ...result.gateway.few, lost: 1 };
    const lost = registrationVerdicts({ ...result, gateway: { ...result.gateway, few } });
    expect(lost[3]).toMatchObject({ measured: '1 / 0', reached: false });
  });
});
