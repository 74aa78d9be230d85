import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { dockerAnswers, findOnPath, installedJava } from '../process/programs.ts';
import type { Child } from '../process/child.ts';
import type { Run } from '../process/run.ts';
import { messageOf, StackFault } from '../stack-fault.ts';
import type { Terminal } from '../terminal.ts';
import { isFetched } from './artifacts.ts';
import { downCommand, freezeCommand, runDocker, upCommand } from './compose.ts';
import { externalAddresses, externalParts, requireReachable } from './external.ts';
import { startNativeParts, stopChildren } from './native.ts';
import type { Addresses, Backing, BackingPorts, PartName, Source } from './part.ts';
import { addressesOn, partNames, variablesOf } from './part.ts';
import type { Machine } from './sources.rules.ts';
import { chooseSources } from './sources.rules.ts';

/** How long an external part that does not answer yet is waited for. */
const externalTimeoutMs = 5_000;

/** What to start backing services for. */
export interface BackingOptions {
  readonly run: Run;
  readonly keepsData: boolean;
  readonly terminal: Terminal;
  /** Where addresses may be given. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Where the backing services will come from, decided before anything is started. */
export interface BackingPlan {
  readonly external: Partial<Addresses>;
  readonly sources: Readonly<Record<PartName, Source>>;
  /** Where they can come from when Docker fails, for it may not get at its images. */
  readonly withoutDocker?: Readonly<Record<PartName, Source>>;
}

async function inspectMachine(): Promise<Machine> {
  const [docker, java] = await Promise.all([dockerAnswers(), installedJava()]);
  return {
    docker,
    java,
    maven: findOnPath('mvn') !== undefined,
    redis: (findOnPath('redis-server') ?? findOnPath('valkey-server')) !== undefined,
    fetched: { redis: isFetched('redis'), kafka: isFetched('kafka'), dynamodb: isFetched('dynamodb') },
  };
}

/**
 * Decides where each backing service comes from; starts nothing.
 *
 * @throws StackFault when an external address is wrong or silent, or a part can come from nowhere
 */
export async function planBacking(env: BackingOptions['env']): Promise<BackingPlan> {
  const external = externalAddresses(env);
  const parts = externalParts(external);
  if (parts.size < partNames.length) {
    const machine = await inspectMachine();
    const choice = chooseSources(parts, machine);
    if ('fault' in choice) throw new StackFault(choice.fault);
    const other = chooseSources(parts, { ...machine, docker: false });
    await requireReachable(external, externalTimeoutMs);
    return { external, ...choice, ...('fault' in other ? {} : { withoutDocker: other.sources }) };
  }
  await requireReachable(external, externalTimeoutMs);
  return {
    external,
    sources: { redis: 'external', kafka: 'external', dynamodb: 'external', mail: 'external' },
  };
}

function mergeAddresses(plan: BackingPlan, ports: BackingPorts): Addresses {
  const own = addressesOn(ports);
  const addresses: Partial<Addresses> = { ...own, ...plan.external };
  for (const part of partNames) {
    if (plan.sources[part] !== 'external') continue;
    for (const variable of variablesOf[part])
      if (plan.external[variable] === undefined) delete addresses[variable];
  }
  return addresses as Addresses;
}

/** Brings parts up by Docker; resolves with the sources that hold then. */
async function startComposed(
  plan: BackingPlan,
  ports: BackingPorts,
  { run, terminal }: BackingOptions,
): Promise<BackingPlan['sources']> {
  const composed = partsFrom(plan.sources, 'compose');
  if (composed.length === 0) return plan.sources;
  terminal.info(`Bringing up ${composed.join(', ')} by Docker ...`);
  try {
    await runDocker(upCommand(run, composed, ports));
    return plan.sources;
  } catch (error) {
    if (plan.withoutDocker === undefined) throw error;
    terminal.warn(`${messageOf(error)}. Going on without Docker.`);
    await runDocker(downCommand(run.directory, true));
    return plan.withoutDocker;
  }
}

function partsFrom(sources: BackingPlan['sources'], source: Source): PartName[] {
  return partNames.filter((part) => sources[part] === source);
}

/** What is to be frozen, or to go on. */
interface Freezing {
  readonly run: Run;
  readonly part: PartName;
  readonly child: Child | undefined;
  readonly source: Source;
  readonly frozen: boolean;
}

/** @throws StackFault for an external part: it is not ours to freeze */
async function freeze({ run, part, child, source, frozen }: Freezing): Promise<void> {
  if (source === 'external') throw new StackFault(`${part} is external: it is not stopped from here.`);
  if (source === 'compose') await runDocker(freezeCommand(run.directory, part, frozen));
  else child?.kill(frozen ? 'SIGSTOP' : 'SIGCONT');
}

/**
 * Starts what the plan says is not there yet, on `ports`, and waits until it answers.
 *
 * Failure: rejects with a StackFault; nothing that was started keeps running.
 */
export async function startBacking(
  plan: BackingPlan,
  ports: BackingPorts,
  options: BackingOptions,
): Promise<Backing> {
  const { run, keepsData, terminal } = options;
  const down = downCommand(run.directory, keepsData);
  let sources = plan.sources;
  try {
    sources = await startComposed(plan, ports, options);
    const native = partsFrom(sources, 'native');
    const children = await startNativeParts(native, { run, ports, keepsData, terminal });
    return {
      addresses: mergeAddresses(plan, ports),
      sources,
      children,
      freeze: (part, frozen) => freeze({ run, part, child: children[part], source: sources[part], frozen }),
      stop: async () => {
        await stopChildren(children);
        if (partsFrom(sources, 'compose').length > 0) await runDocker(down);
        if (!keepsData) rmSync(join(run.directory, 'data'), { recursive: true, force: true });
      },
    };
  } catch (error) {
    if (partsFrom(sources, 'compose').length > 0) await runDocker(down);
    throw error;
  }
}
