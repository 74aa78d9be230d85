import type { PriceList } from '@registrar/costs';
import type { BenchRecord, LocustRecord, ReadsRecord } from './bench-record.ts';
import { successCriteria } from './criteria.rules.ts';
import { count, duration, figure, table, tableOf } from './format.ts';
import { hitChart, layerTable, redisTable } from './sections/cache-section.ts';
import { comparedBill, wholeBill } from './sections/cost-section.ts';
import { capacityTable, databaseTable, unitsChart } from './sections/database-section.ts';
import { endpointTable, latencyChart, latencyTable, rateChart } from './sections/latency-section.ts';
import { bytesTable, cpuChart, generatorTable, processTable } from './sections/machine-section.ts';
import { overloadSection } from './sections/overload-section.ts';
import { registrationChart, registrationSection } from './sections/registration-section.ts';
import { sectionsSection } from './sections/sections-section.ts';
import { verdictTable } from './sections/verdict-table.ts';
import { readVerdicts } from './verdicts.rules.ts';

/** The page and its pictures, by file name. */
export interface Page {
  readonly markdown: string;
  readonly images: Readonly<Record<string, string>>;
}

function conditions({ machine, data, limits, options, madeAt }: ReadsRecord): string {
  const settings = Object.entries(limits).map(([name, value]) => `\`${name}=${value}\``);
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`);
  const rows = {
    made: `${madeAt} at revision ${machine.revision}, \`npm run bench -- --scale ${options.scale} --minutes ${options.minutes}\``,
    machine: `${machine.cores} cores (${machine.cpu}), ${machine.memoryGigabytes} GB, ${machine.system}; everything, the load too, on this one`,
    'load average at the start': figure(machine.loadAverage),
    data: `${count(data.courses)} courses in ${data.semesters} semesters and ${data.departments} departments, ${count(data.users)} users, ${count(data.enrollments)} enrollments`,
    mix: `60 % \`GET /api/courses\` (${count(data.questions)} different questions), 30 % \`GET /api/enrollments/me\`, 10 % \`GET /api/auth/me\`, by all users`,
    'rate limits': `off for the run: ${settings.join(', ')}; everything else as \`npm start\` has it, one instance of each app`,
    'backing services':
      'DynamoDB Local, one Kafka broker, one Redis, MailDev: no network between, no throttling; figures of a cloud will differ',
    versions: [`Node ${machine.node}`, ...versions].join(', '),
  };
  return table(['', ''], Object.entries(rows));
}

const howItIsMeasured = `The load comes from a process of its own. At a fixed rate its sends follow a timetable: time is cut into slots of one request each, each connection has its turn, and within its slot a request leaves at a random moment, so that no connections fall into step. A request that is due while its connection still waits for an answer counts from when it was due. How late the generator itself was stands in a table of its own. Percentiles are exact: every time is kept. Saturation is measured by autocannon, and again by the same generator without a timetable, which costs less CPU and so leaves more to the servers. The bare server is \`node:http\` answering fixed bytes. The system before scans and filters whole tables, caches nothing, opens a connection for each call and sends mails before it answers; it is one process without a gateway, its tables hold the same rows.`;

function readsSections(reads: ReadsRecord, list: PriceList): string[] {
  return [
    '## The eight criteria',
    'At 800 requests a second over 200 connections:',
    verdictTable(successCriteria(reads, list)),
    '![Latency before and after](images/latency.svg)',
    '## Targets for speed',
    verdictTable(readVerdicts(reads)),
    'What profiling found, what was changed, and what is left: [decisions/profiling.md](decisions/profiling.md).',
    '![Requests a second](images/rate.svg)',
    '## Before and after, run by run',
    latencyTable(reads),
    'The steady run by endpoint:',
    endpointTable(reads),
    '## Answers by cache layer',
    layerTable(reads),
    '![Hit rate](images/hit-rate.svg)',
    redisTable(reads),
    '## Calls to the database',
    databaseTable(reads),
    'DynamoDB Local counts nothing for a query that finds nothing, where DynamoDB takes half a unit: read units after are given with half a unit more for each query, so at most. The sweepers of outboxes and pending work query without requests too.',
    '![Read capacity units](images/read-units.svg)',
    capacityTable(reads),
    '## CPU, memory, sockets, bytes',
    processTable(reads),
    '![CPU](images/cpu.svg)',
    bytesTable(reads),
    '## What a month costs',
    `Prices of ${list.region}, ${list.asOf}, kept in \`tools/costs/prices.json\`. ${list.note}`,
    list.likeForLike.note,
    comparedBill(reads, list),
    'The whole bill of this architecture:',
    wholeBill(reads, list),
    '## How it is measured',
    howItIsMeasured,
    generatorTable(reads),
    conditions(reads),
  ];
}

function locustSection(locust: LocustRecord): string[] {
  const { users, version, madeAt } = locust;
  return [
    '## By Locust',
    `The same scenario for ${users} users by Locust ${version} (\`tools/bench/locustfile.py\`), on ${madeAt.slice(0, 10)}. Locust is one Python process: its own time is in these figures.`,
    tableOf([locust], {
      requests: ({ requests }) => count(requests),
      failures: ({ failures }) => String(failures),
      'req/s': ({ requestsPerSecond }) => figure(requestsPerSecond),
      average: ({ averageMs }) => duration(averageMs),
      p50: ({ p50Ms }) => duration(p50Ms),
      p95: ({ p95Ms }) => duration(p95Ms),
      p99: ({ p99Ms }) => duration(p99Ms),
      max: ({ maxMs }) => duration(maxMs),
    }),
  ];
}

function imagesOf({ reads, registration }: BenchRecord): Record<string, string> {
  return {
    ...(reads && {
      'latency.svg': latencyChart(reads),
      'rate.svg': rateChart(reads),
      'hit-rate.svg': hitChart(reads),
      'read-units.svg': unitsChart(reads),
      'cpu.svg': cpuChart(reads),
    }),
    ...(registration && { 'registration.svg': registrationChart(registration) }),
  };
}

/** Renders what `bench.json` holds. */
export function renderPage(record: BenchRecord, list: PriceList): Page {
  const { reads, registration, sections, locust } = record;
  const isQuick = [reads?.options, registration, sections, record.overload?.result.options].some(
    (run) => run?.quick,
  );
  const parts = [
    '# Performance',
    'Made by `npm run bench`, `npm run bench -- overload` and `npm run bench:registration` from `bench.json`; do not edit it by hand. How fast the screens are: [portal-performance.md](portal-performance.md).',
    ...(isQuick ? ['**A quick run: it shows that everything works, its figures mean nothing.**'] : []),
    ...(reads ? readsSections(reads, list) : []),
    ...(registration ? ['## Registration day', registrationSection(registration)] : []),
    ...(sections ? ['## Speed of sections', sectionsSection(sections)] : []),
    ...overloadSection(record.overload, record.overloadBusy),
    ...(locust ? locustSection(locust) : []),
  ];
  return { markdown: `${parts.join('\n\n')}\n`, images: imagesOf(record) };
}
