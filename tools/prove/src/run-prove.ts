import { join } from 'node:path';
import { startSystem } from '@registrar/stack';
import type { System, Terminal } from '@registrar/stack';
import { readSigningKey } from '@registrar/testing/access-token';
import { seededRandom, shuffled } from '@registrar/testing/random';
import { makeChaos } from './chaos/chaos.ts';
import { episodes, freezing } from './chaos/episodes.ts';
import { OldRedis } from './chaos/old-redis.ts';
import { Proxies } from './chaos/proxies.ts';
import { Beliefs } from './fire/beliefs.ts';
import { Client } from './fire/client.ts';
import { Fire } from './fire/fire.ts';
import { Journal, answerOf } from './fire/journal.ts';
import { RegistrarActions } from './fire/registrar-actions.ts';
import { Sender } from './fire/sender.ts';
import type { Via } from './fire/sender.ts';
import { StudentActions } from './fire/student-actions.ts';
import { invariants } from './invariants/invariants.ts';
import type { ProveOptions } from './options.ts';
import { awaitQuiet } from './quiet/await-quiet.ts';
import { LeftoverCount } from './quiet/leftovers.ts';
import { lookAtCourses, lookAtLists } from './quiet/look-around.ts';
import type { Judged } from './report/report.ts';
import { judge } from './report/report.ts';
import { openSchool } from './school/school.ts';
import type { School } from './school/school.ts';
import { loadWorld } from './world/load-world.ts';
import type { Stores } from './world/stores.ts';
import { openStores } from './world/stores.ts';
import type { World } from './world/world.ts';
import { workspaceRoot } from './workspace.ts';

/** Time for 10,000 accounts to become known to the services, ms. */
const schoolMs = 60_000;
const settleMs = 45_000;
const quietMs = 90_000;
/** What is broken on purpose may never come to rest. */
const sabotagedQuietMs = 8_000;
/** Students whose lists are looked at after quiet, on every instance. */
const listsLookedAt = 800;
/** Answered requests that are sent once more in the end, at most. */
const mostRepeated = 300;
/** Students who look, write and look again once the chaos is over. */
const listsChanged = 20;
const progressEveryMs = 5_000;

/** What a run came to. */
export interface Proof {
  readonly judged: readonly Judged[];
  readonly world: World;
}

/** A running system with its school, and everything that a run keeps of it. */
interface Stage {
  readonly options: ProveOptions;
  readonly terminal: Terminal;
  readonly system: System;
  readonly proxies: Proxies;
  readonly stores: Stores;
  readonly school: School;
  readonly journal: Journal;
  /** The gateway, then the enrollments instances. */
  readonly vias: readonly [Via, ...Via[]];
}

/** Backing services of our own, whatever the environment names. */
const nothingGiven = { REDIS_URL: '', JOBS_REDIS_URL: '', KAFKA_BROKERS: '', DYNAMODB_ENDPOINT: '' };

/** Two instances that race for every seat, and nothing that slows the fire down. */
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
 * Brings up a system of its own, sets it on fire, waits for quiet, and judges what is left.
 *
 * Failure: rejects when the system cannot be started or read; what is found wrong is in the result.
 */
export async function prove(options: ProveOptions, terminal: Terminal, name: string): Promise<Proof> {
  const proxies = await Proxies.start(options.sabotage);
  try {
    const system = await startSystem({
      name,
      instances: { enrollments: 2 },
      env: { ...(options.given ? {} : nothingGiven), ...surroundings, SMTP_URL: proxies.smtp.url },
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
    const school = await openSchool({ random, size: options, gatewayUrl, gateway: stores.gateway, key });
    terminal.say(`The school is open: ${school.students.length} students, ${school.courses.length} courses`);
    const instances = system.instances('enrollments');
    const own = instances.map(({ url }, index) => ({
      name: `enrollments ${index + 1}`,
      api: client.at(url),
    }));
    const vias: Stage['vias'] = [{ name: 'gateway', api: client.at(gatewayUrl) }, ...own];
    const stage = { options, terminal, system, proxies, stores, school, journal: new Journal(), vias };
    await awaitSchool(stage);
    await burn(stage);
    const world = await lookBack(stage);
    return { world, judged: judge(invariants, world) };
  } finally {
    await client.close();
    stores.close();
  }
}

/** The fire finds every service knowing everybody, as long as that does not take too long. */
async function awaitSchool({ system, stores, terminal }: Stage): Promise<void> {
  const counter = await LeftoverCount.open(system, stores);
  await awaitQuiet(counter, schoolMs, (line) => terminal.say(line)).finally(() => counter.close());
}

async function burn(stage: Stage): Promise<void> {
  const { options, school, journal, vias, terminal, system, proxies } = stage;
  // Draws of their own each, so that chaos does not depend on how fast the actors get on.
  const random = seededRandom(options.seed + 1);
  const beliefs = new Beliefs(school, options.hot);
  const sender = new Sender(random, school.tokens, vias);
  const students = new StudentActions(random, beliefs, journal, sender);
  const registrar = new RegistrarActions(random, beliefs, journal, sender, school.registrar.id);
  const fire = new Fire({ random, school, beliefs, students, registrar });
  const oldRedis = new OldRedis(system.addresses.REDIS_URL, system.prefixes.CACHE_PREFIX);
  const startedAt = performance.now();
  const endsAt = startedAt + options.seconds * 1_000;
  const say = (line: string) => terminal.say(`${clock(startedAt)}  ${line}`);
  const field = { system, proxies, oldRedis, random: seededRandom(options.seed + 2), say };
  const { chaos = Object.keys(episodes), given } = options;
  const only = chaos.filter((name) => !given || !freezing.includes(name));
  const plan = { only, endsAt: endsAt - 1_000, pauseMs: [300, 2_000] as const };
  const progress = setInterval(() => say(progressOf(journal)), progressEveryMs);
  try {
    await Promise.all([fire.burn(options.pace, endsAt), makeChaos(field, plan)]);
    await system.untilReady();
    await fire.changeWhatIsCached(listsChanged);
    const left = await fire.settle(options.sabotage ? sabotagedQuietMs : settleMs);
    say(left === 0 ? 'Every request has its answer' : `${left} requests have no answer`);
    await fire.repeat(Math.min(mostRepeated, Math.ceil(journal.intents.length / 4)));
  } finally {
    clearInterval(progress);
    oldRedis.close();
  }
}

/** Waits for quiet, looks at what clients are shown then, and reads everything. */
async function lookBack({
  options,
  terminal,
  system,
  proxies,
  stores,
  school,
  journal,
  vias,
}: Stage): Promise<World> {
  const counter = await LeftoverCount.open(system, stores);
  const leftovers = await awaitQuiet(counter, options.sabotage ? sabotagedQuietMs : quietMs, (line) =>
    terminal.say(line),
  ).finally(() => counter.close());
  const concerned = new Set(
    journal.intents.flatMap(({ asked }) => ('userId' in asked ? [asked.userId] : [])),
  );
  const sample = shuffled(seededRandom(options.seed + 3), [...concerned]).slice(0, listsLookedAt);
  const ownShown = await lookAtLists(vias, school.tokens, sample);
  const mails = proxies.smtp.mails.map(({ messageId, to }) => ({ messageId, to: to.join() }));
  const sources = { system, stores, school, journal, mails, leftovers, ownShown };
  const tables = await loadWorld({ ...sources, coursesShown: [] });
  const expected = [...tables.courses.values()].flatMap((course) => {
    const seats = tables.seats.get(course.id);
    return seats ? [{ course, seats }] : [];
  });
  const token = school.tokens.get(school.registrar.id) ?? '';
  const coursesShown = await lookAtCourses(vias[0], token, expected);
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
