import { mkdirSync } from 'node:fs';
import type { Child } from '../process/child.ts';
import { exitText } from '../process/child.ts';
import { until } from '../process/wait.ts';
import { StackFault } from '../stack-fault.ts';
import { since } from '../terminal.ts';
import type { NativeContext } from './native-parts.ts';
import { startNative } from './native-parts.ts';
import type { PartName } from './part.ts';
import { addressesOn, variablesOf } from './part.ts';
import { faultOf } from './probes.ts';

/** How long a part may take to answer on a slow and busy machine. */
const readyTimeoutMs = 60_000;
const graceMs = 10_000;

async function waitUntilReady(part: PartName, child: Child, context: NativeContext): Promise<void> {
  const addresses = addressesOn(context.ports);
  const ask = async (): Promise<string | undefined> => {
    const fault = await faultOf(part, addresses[variablesOf[part][0]]);
    return part === 'mail' ? (fault ?? (await faultOf('mailPage', addresses.MAIL_PAGE_URL))) : fault;
  };
  let fault: string | undefined;
  const answersOrEnded = async (): Promise<boolean> => {
    if (child.exit !== undefined) return true;
    fault = await ask();
    return fault === undefined;
  };
  const settled = await until(answersOrEnded, { timeoutMs: readyTimeoutMs, everyMs: 100 });
  if (child.exit !== undefined) {
    throw new StackFault(
      `${part} ${exitText(child.exit)} before it was ready; its log is ${child.logFile}:`,
      ...child.lastLines(5).map((line) => `  ${line}`),
    );
  }
  if (!settled) throw new StackFault(`${part} does not answer (${fault}); its log is ${child.logFile}.`);
}

/** Stops parts in the order in which nothing is torn away from under another. */
export async function stopChildren(children: Readonly<Partial<Record<PartName, Child>>>): Promise<void> {
  await Promise.all(Object.values(children).map((child) => child.stop(graceMs)));
}

/**
 * Starts parts as processes of our own, one beside the other, and waits until each answers.
 *
 * Failure: rejects with a StackFault after stopping whatever was started.
 */
export async function startNativeParts(
  parts: readonly PartName[],
  context: NativeContext,
): Promise<Partial<Record<PartName, Child>>> {
  mkdirSync(context.run.directory, { recursive: true });
  const children: Partial<Record<PartName, Child>> = {};
  const startedAtMs = performance.now();
  const starts = parts.map(async (part) => {
    const child = await startNative[part](context);
    children[part] = child;
    await waitUntilReady(part, child, context);
    context.terminal.info(`${part} is up ${since(startedAtMs)}`);
  });
  const results = await Promise.allSettled(starts);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) {
    await stopChildren(children);
    throw failed.reason;
  }
  return children;
}
