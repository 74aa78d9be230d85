import { join } from 'node:path';
import type { Course } from '@registrar/contracts-courses';
import { bodyOf } from '@registrar/contracts-http';
import { startSystem } from '@registrar/stack';
import type { System, Terminal } from '@registrar/stack';
import { readSigningKey } from '@registrar/testing/access-token';
import { seededRandom, shuffled } from '@registrar/testing/random';
import pMap from 'p-map';
import { makeChaos } from './chaos/chaos.ts';
import { episodes, freezing } from './chaos/episodes.ts';
import { OldRedis } from './chaos/old-redis.ts';
import { Proxies } from './chaos/proxies.ts';
import { ClientModel } from './workload/client-model.ts';
import { Client } from './workload/client.ts';
import { CodeActions } from './workload/code-actions.ts';
import { Crowd } from './workload/crowd.ts';
import { HoldActions } from './workload/hold-actions.ts';
import { PermitActions } from './workload/permit-actions.ts';
import { SectionActions } from './workload/section-actions.ts';
import { Workload } from './workload/workload.ts';
import { Journal, answerOf } from './workload/journal.ts';
import { RegistrarActions } from './workload/registrar-actions.ts';
import { Sender } from './workload/sender.ts';
import type { Via } from './workload/sender.ts';
import { StudentActions } from './workload/student-actions.ts';
import { invariants } from './invariants/invariants.ts';
import type { ProveOptions } from './options.ts';
import { awaitQuiescence } from './quiescence/await-quiescence.ts';
import { BacklogCounter } from './quiescence/backlog.ts';
import { readCatalogues, readLists } from './quiescence/client-views.ts';
import type { Judged } from './report/report.ts';
import { judge } from './report/report.ts';
import { lateLevel } from './fixture/eligibility.ts';
import { createFixture } from './fixture/fixture.ts';
import type { Fixture } from './fixture/fixture.ts';
import { countsUnder } from './snapshot/classes.ts';
import { loadSnapshot } from './snapshot/load-snapshot.ts';
import type { Stores } from './snapshot/stores.ts';
import { openStores } from './snapshot/stores.ts';
import type { Snapshot } from './snapshot/snapshot.ts';
import { workspaceRoot } from './workspace.ts';

/** Time for 10,000 accounts to become known to the services, ms. */
const fixtureMs = 60_000;
const settleMs = 45_000;
const quiescenceMs = 90_000;
/** A sabotaged system may never be idle. */
const sabotagedQuiescenceMs = 8_000;
/** Students whose lists are read after quiescence, on every instance. */
const listsLookedAt = 800;
/** Answered requests that are sent once more in the end, at most. */
const mostRepeated = 300;
/** How long the crowd asks, seconds. */
const crowdSeconds = 5;
/** Students who read their list, write and read again once the chaos is over. */
const listsChanged = 20;
/** Students who try to enroll under a hold. */
const studentsHeld = 12;
/** Newcomers after that; students who use a permit twice; and those who ask for two courses at one time. */
const studentsTooMuch = 12;
/** Seats that others wait for and that are left after that. */
const awaitedSeats = 24;
/** Before it opens, a few can ask on a slow machine too. */
const soonestMs = 5_000;
const progressEveryMs = 5_000;

/** The result of a run. */
export interface Proof {
  readonly judged: readonly Judged[];
  readonly snapshot: Snapshot;
}

/** A running system with its fixture, and everything that a run keeps of it. */
interface Stage {
  readonly options: ProveOptions;
  readonly terminal: Terminal;
  readonly system: System;
  readonly proxies: Proxies;
  readonly stores: Stores;
  readonly fixture: Fixture;
  readonly journal: Journal;
  /** The gateway, then the enrollments instances. */
  readonly vias: readonly [Via, ...Via[]];
}

/** Backing services of our own, whatever the environment names. */
const noExternal = { REDIS_URL: '', JOBS_REDIS_URL: '', KAFKA_BROKERS: '', DYNAMODB_ENDPOINT: '' };

/** Two instances that race for every seat, and nothing that slows the workload down. */
const surroundings = {
  MAIL_PAGE_URL: '',
  LOG_LEVEL: 'error',
  ROUTE_BY_COURSE: 'false',
  RATE_LIMIT_USER_PER_SECOND: '0',
  RATE_LIMIT_ADDRESS_PER_SECOND: '0',
  RATE_LIMIT_SIGN_IN_PER_SECOND: '0',
  MAIL_RATE_PER_SECOND: '1000',
  MAIL_RETRY_CAP_MS: '2000',
};

/**
 * Starts a system of its own, runs the workload, waits for quiescence, and judges what is left.
 *
 * Failure: rejects when the system cannot be started or read; what is found wrong is in the result.
 */
export async function prove(options: ProveOptions, terminal: Terminal, name: string): Promise<Proof> {
  const proxies = await Proxies.start(options.sabotage);
  try {
    const system = await startSystem({
      name,
      instances: { enrollments: 2 },
      env: { ...(options.external ? {} : noExternal), ...surroundings, SMTP_URL: proxies.smtp.url },
      instanceEnv: proxies.instanceEnv,
      terminal,
    });
    try {
      return await proveOn(system, proxies, options, terminal);
    } finally {
      await system.stop();
    }
  } finally {
    await proxies.stop();
  }
}

async function proveOn(
  system: System,
  proxies: Proxies,
  options: ProveOptions,
  terminal: Terminal,
): Promise<Proof> {
  const stores = openStores(system);
  const client = new Client();
  const random = seededRandom(options.seed);
  try {
    const key = readSigningKey(join(workspaceRoot, '.local', system.name, 'signing-keys.json'));
    const { gatewayUrl } = system;
    const fixture = await createFixture({ random, size: options, gatewayUrl, gateway: stores.gateway, key });
    terminal.info(
      `The fixture is ready: ${fixture.students.length} students, ${fixture.courses.length} courses`,
    );
    const instances = system.instances('enrollments');
    const own = instances.map(({ url }, index) => ({
      name: `enrollments ${index + 1}`,
      api: client.at(url),
    }));
    const vias: Stage['vias'] = [{ name: 'gateway', api: client.at(gatewayUrl) }, ...own];
    const stage = { options, terminal, system, proxies, stores, fixture, journal: new Journal(), vias };
    await awaitFixture(stage);
    const lateOpensAt = new Date(Date.now() + Math.max(options.seconds * 500, soonestMs)).toISOString();
    await openLater(stage, lateOpensAt);
    const courses = await releaseLater(stage, lateOpensAt);
    const prepared = { ...stage, fixture: { ...fixture, courses } };
    await runWorkload(prepared);
    const snapshot = await lookBack({ ...prepared, lateOpensAt });
    return { snapshot, judged: judge(invariants, snapshot) };
  } finally {
    await client.close();
    stores.close();
  }
}

/** Waits until every service knows all users, within a limit. */
async function awaitFixture({ system, stores, terminal }: Stage): Promise<void> {
  const counter = await BacklogCounter.open(system, stores);
  await awaitQuiescence(counter, fixtureMs, (line) => terminal.info(line)).finally(() => counter.close());
}

/** From now on the window of late students opens in the middle of the workload, or later where that is short. */
async function openLater({ fixture, vias }: Stage, lateOpensAt: string): Promise<void> {
  const token = fixture.tokens.get(fixture.registrar.id) ?? '';
  const tickets = [{ name: 'Late', match: { levels: [lateLevel] }, opensAt: lateOpensAt }];
  const body = { ...fixture.semester, tickets };
  bodyOf(await vias[0].api.putSemester({ token, params: { id: 'proof' }, body }));
}

/** Every other course that keeps seats releases them at that moment; gives the courses as they are then. */
async function releaseLater({ fixture, vias }: Stage, releasesAt: string): Promise<Course[]> {
  const token = fixture.tokens.get(fixture.registrar.id) ?? '';
  const keeping = fixture.courses.filter(
    ({ reservations, crossListedOf }) => reservations.length > 0 && crossListedOf === null,
  );
  const releasing = new Set(keeping.filter((_, index) => index % 2 === 0));
  return pMap(
    fixture.courses,
    async (course) => {
      if (!releasing.has(course)) return course;
      const reservations = course.reservations.map((each) => ({ ...each, releasesAt }));
      const request = { token, params: { id: course.id }, ifMatch: `"${course.version}"` };
      return bodyOf(await vias[0].api.changeCourse({ ...request, body: { reservations } }));
    },
    { concurrency: 8 },
  );
}

async function runWorkload(stage: Stage): Promise<void> {
  const { options, fixture, journal, vias, terminal, system, proxies } = stage;
  // Draws of their own each, so that chaos does not depend on how fast the actors get on.
  const random = seededRandom(options.seed + 1);
  const clientModel = new ClientModel(fixture, options.hot, random);
  const sender = new Sender(random, fixture.tokens, vias);
  const parts = { random, clientModel, journal, sender, registrarId: fixture.registrar.id };
  const students = new StudentActions(parts);
  const registrar = new RegistrarActions(parts);
  const holds = new HoldActions(parts);
  const sections = new SectionActions({ ...parts, fixture, students });
  const permits = new PermitActions({ ...parts, fixture, students });
  const codes = new CodeActions({ ...parts, fixture, students });
  const workload = new Workload({ ...parts, fixture, students, registrar, holds, sections, permits, codes });
  const oldRedis = new OldRedis(system.addresses.REDIS_URL, system.prefixes.CACHE_PREFIX);
  const startedAt = performance.now();
  const endsAt = startedAt + options.seconds * 1_000;
  const say = (line: string) => terminal.info(`${clock(startedAt)}  ${line}`);
  const field = { system, proxies, oldRedis, random: seededRandom(options.seed + 2), say };
  const { chaos = Object.keys(episodes), external } = options;
  const only = chaos.filter((name) => !external || !freezing.includes(name));
  const plan = { only, endsAt: endsAt - 1_000, pauseMs: [300, 2_000] as const };
  const progress = setInterval(() => say(progressOf(journal)), progressEveryMs);
  try {
    await Promise.all([workload.runWorkload(options.actionsPerSecond, endsAt), makeChaos(field, plan)]);
    await system.untilReady();
    await workload.enrollUnderHolds(studentsHeld);
    await holds.releaseAll();
    await workload.changeWhatIsCached(listsChanged);
    await workload.askForTooMuch(studentsTooMuch);
    await workload.giveUpAwaited(awaitedSeats);
    if (fixture.crowd.length > 0) {
      const crowd = new Crowd({ random, journal, sender, fixture });
      await crowd.askAtOnce(crowdSeconds);
      say(crowd.summary);
    }
    const left = await workload.settle(options.sabotage.length > 0 ? sabotagedQuiescenceMs : settleMs);
    say(left === 0 ? 'Every request has its answer' : `${left} requests have no answer`);
    await workload.repeat(Math.min(mostRepeated, Math.ceil(journal.intents.length / 4)));
  } finally {
    clearInterval(progress);
    oldRedis.close();
  }
}

/** Waits for quiescence, reads what clients are shown then, and reads everything. */
async function lookBack({
  options,
  terminal,
  system,
  proxies,
  stores,
  fixture,
  journal,
  vias,
  lateOpensAt,
}: Stage & { readonly lateOpensAt: string }): Promise<Snapshot> {
  const counter = await BacklogCounter.open(system, stores);
  const backlog = await awaitQuiescence(
    counter,
    options.sabotage.length > 0 ? sabotagedQuiescenceMs : quiescenceMs,
    (line) => terminal.info(line),
  ).finally(() => counter.close());
  const concerned = new Set(
    journal.intents.flatMap(({ asked }) => ('userId' in asked ? [asked.userId] : [])),
  );
  const sample = shuffled(seededRandom(options.seed + 3), [...concerned]).slice(0, listsLookedAt);
  const ownShown = await readLists(vias, fixture.tokens, sample);
  const mails = proxies.smtp.mails.map(({ messageId, to }) => ({ messageId, to: to.join() }));
  const sources = { system, stores, fixture, journal, mails, backlog, ownShown, lateOpensAt };
  const tables = await loadSnapshot({ ...sources, coursesShown: [] });
  const expected = [...tables.courses.values()].flatMap((course) => {
    const seats = countsUnder(tables, course.id);
    return seats ? [{ course, seats }] : [];
  });
  const token = fixture.tokens.get(fixture.registrar.id) ?? '';
  const coursesShown = await readCatalogues(vias[0], token, expected);
  return { ...tables, coursesShown };
}

function progressOf({ intents }: Journal): string {
  const answered = intents.map((intent) => answerOf(intent)?.status ?? 0);
  const done = answered.filter((status) => status >= 200 && status < 300).length;
  const refused = answered.filter((status) => status >= 400).length;
  const attempts = intents.reduce((sum, intent) => sum + intent.attempts.length, 0);
  return `${intents.length} requests sent ${attempts} times: ${done} done, ${refused} refused, ${intents.length - done - refused} without an answer yet`;
}

function clock(startedAt: number): string {
  return `${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(5)} s`;
}
