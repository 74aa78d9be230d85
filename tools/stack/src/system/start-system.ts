import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { downCommand, runDocker } from '../backing/compose.ts';
import type { Backing } from '../backing/part.ts';
import type { BackingPlan } from '../backing/start-backing.ts';
import { planBacking, startBacking } from '../backing/start-backing.ts';
import { campusUrl, oidcProviders } from '../campus/settings.ts';
import type { CampusSettings } from '../campus/settings.ts';
import { startCampus } from '../campus/start-campus.ts';
import type { ReaperOrders } from '../process/reaper.ts';
import { Launch, writeWhole } from '../process/launch.ts';
import { endOrphans } from '../process/orphans.ts';
import { since } from '../terminal.ts';
import { appEnvironment, urlOf } from './app-environment.ts';
import type { PerApp } from './app-names.ts';
import { appNames, builtPortal, perApp } from './app-names.ts';
import { buildApps } from './build.ts';
import { emptyExternal } from './empty-external.ts';
import type { SystemOptions, WholeOptions } from './options.ts';
import { adminEmail, demoPassword, wholeOptions } from './options.ts';
import { createAllTables, createTopics } from './schema.ts';
import { localSecrets } from './secrets.ts';
import { SupervisedApp } from './supervised-app.ts';
import type { System } from './system.ts';
import { SupervisedSystem } from './system.ts';
import type { SystemPorts } from './system-ports.ts';
import { pickSystemPorts, requireFreePorts } from './system-ports.ts';

const graceMs = 12_000;

/** What the steps of a start hand on to each other. */
interface Start {
  readonly launch: Launch;
  readonly options: WholeOptions;
  readonly plan: BackingPlan;
  readonly ports: SystemPorts;
}

function isComposed({ sources }: BackingPlan): boolean {
  return Object.values(sources).includes('compose');
}

/** Ends everything of a start that failed or is no longer wanted. The logs stay: the reason may name them. */
async function abandon({ launch, options, plan }: Start): Promise<void> {
  await launch.run.close(graceMs);
  await endOrphans({ runId: launch.run.runId });
  if (isComposed(plan)) await runDocker(downCommand(launch.run.directory, options.keepsData));
  removeRecords(launch, options);
}

function removeRecords({ run }: Launch, { keepsData, recordFile }: WholeOptions): void {
  if (recordFile !== undefined) rmSync(recordFile, { force: true });
  if (!keepsData) rmSync(join(run.directory, 'data'), { recursive: true, force: true });
}

function reaperOrders(
  { run }: Launch,
  options: WholeOptions,
  plan: BackingPlan,
): Omit<ReaperOrders, 'runId'> {
  const { keepsData, recordFile } = options;
  return {
    remove: [...(recordFile === undefined ? [] : [recordFile]), ...(keepsData ? [] : [run.directory])],
    cleanUp: isComposed(plan) ? [downCommand(run.directory, keepsData)] : [],
  };
}

async function createSchema({ options }: Start, backing: Backing): Promise<void> {
  const startedAtMs = performance.now();
  const { TABLE_PREFIX, TOPIC_PREFIX } = options.prefixes;
  await Promise.all([
    createAllTables(backing.addresses, TABLE_PREFIX),
    createTopics(backing.addresses, TOPIC_PREFIX),
  ]);
  options.terminal.info(`Tables and topics are there ${since(startedAtMs)}`);
}

/** The variables that single instances have of their own, in the order of the instances. */
async function ownVariables({ options, ports }: Start, { addresses }: Backing) {
  const own = perApp((): Readonly<Record<string, string>>[] => []);
  for (const app of appNames) {
    for (const number of ports.apps[app].keys())
      own[app].push(await options.instanceEnv({ app, number }, addresses));
  }
  return own;
}

/** What the local provider and the gateway are to agree on; undefined where there is none. */
function campusSettings({ options, ports }: Start): CampusSettings | undefined {
  const [gateway] = ports.apps.gateway;
  if (options.campusPort === undefined || gateway === undefined) return undefined;
  const clientSecret = randomBytes(24).toString('base64url');
  return { port: options.campusPort, gatewayUrl: urlOf(gateway), clientSecret };
}

async function makeApps(
  start: Start,
  backing: Backing,
  { admin, campus }: { admin: System['admin']; campus: CampusSettings | undefined },
  onStart: () => void,
): Promise<PerApp<readonly SupervisedApp[]>> {
  const { launch, options, ports } = start;
  const { directory } = launch.run;
  const around = {
    inherited: { ...options.env, ...options.prefixes },
    addresses: backing.addresses,
    ports: ports.apps,
    secrets: localSecrets(directory, options.env),
    signingKeysFile: join(directory, 'signing-keys.json'),
    portalDirectory: builtPortal(),
    admin,
    oidcProviders: campus && oidcProviders(campus),
  };
  const own = await ownVariables(start, backing);
  return perApp((app) =>
    ports.apps[app].map(
      (instance, index) =>
        new SupervisedApp({
          run: launch.run,
          app,
          number: index + 1,
          program: options.programs[app],
          ports: instance,
          env: { ...appEnvironment(app, instance, around), ...own[app][index] },
          terminal: options.terminal,
          onStart,
        }),
    ),
  );
}

/** What follows once the apps have stopped: the backing services, the data of a passing system, the lock. */
async function tearDown({ launch, options, plan }: Start, backing: Backing): Promise<void> {
  if (!options.keepsData) await emptyExternal(plan.external, options.prefixes);
  await backing.stop();
  await launch.run.close(graceMs);
  await endOrphans({ runId: launch.run.runId });
  removeRecords(launch, options);
  if (!options.keepsData) rmSync(launch.run.directory, { recursive: true, force: true });
  launch.end();
}

async function startApps(start: Start, backing: Backing): Promise<System> {
  const { options } = start;
  const { recordFile, terminal } = options;
  const startedAtMs = performance.now();
  const admin = { email: adminEmail, password: options.env['DEMO_PASSWORD'] ?? demoPassword };
  let isUp = false;
  const record = (): void => {
    if (isUp && recordFile !== undefined)
      writeWhole(recordFile, `${JSON.stringify(system.record(), null, 2)}\n`);
  };
  const settings = campusSettings(start);
  const campus = settings && {
    url: campusUrl(settings),
    child: await startCampus(start.launch.run, settings),
  };
  const apps = await makeApps(start, backing, { admin, campus: settings }, record);
  const parts = { name: options.name, backing, prefixes: options.prefixes, admin, apps, campus };
  const system = new SupervisedSystem({ ...parts, tearDown: () => tearDown(start, backing) });
  await Promise.all(appNames.flatMap((app) => apps[app].map((each) => each.start())));
  await system.untilReady();
  terminal.info(`The apps are ready ${since(startedAtMs)}`);
  const coursesUrl = apps.courses[0]?.url ?? '';
  const { DYNAMODB_ENDPOINT } = backing.addresses;
  const store = { DYNAMODB_ENDPOINT, TABLE_PREFIX: options.prefixes.TABLE_PREFIX };
  await options.seed?.({ gatewayUrl: system.gatewayUrl, coursesUrl, admin, store, terminal });
  isUp = true;
  record();
  return system;
}

async function bringUp(start: Start): Promise<System> {
  const { launch, options, plan, ports } = start;
  const { run } = launch;
  const { keepsData, terminal, env } = options;
  const [backing] = await Promise.all([
    startBacking(plan, ports.backing, { run, keepsData, terminal, env }),
    options.build ? buildApps(run, terminal) : undefined,
  ]);
  await createSchema(start, backing);
  return startApps(start, backing);
}

/** Rejects when the signal is aborted; never resolves. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (): void => reject(signal.reason as Error);
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}

/**
 * Starts Registrar: backing services (external, by Docker or native) and, beside them, the build; then tables and
 * topics; then the apps, each instance a process; then the demo data if asked for.
 *
 * Guarantee: every process of it ends with `stop()`, with a failed start, and with this process, however that
 * ends.
 * Failure: rejects with a StackFault that says what to do; nothing keeps running then.
 */
export async function startSystem(requested: SystemOptions): Promise<System> {
  const options = wholeOptions(requested, process.env);
  const launch = await Launch.acquire(options.name);
  try {
    const plan = await planBacking(options.env);
    await requireFreePorts(options, plan);
    const ports = await pickSystemPorts(options);
    launch.watch(reaperOrders(launch, options, plan));
    const start = { launch, options, plan, ports };
    const coming = bringUp(start);
    try {
      return await Promise.race([coming, aborted(options.signal)]);
    } catch (error) {
      coming.catch(() => undefined); // the first reason is the one to tell
      await abandon(start);
      throw error;
    }
  } catch (error) {
    launch.end();
    throw error;
  }
}
