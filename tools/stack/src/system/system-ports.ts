import type { BackingPlan } from '../backing/start-backing.ts';
import type { BackingPorts } from '../backing/part.ts';
import { pickBackingPorts } from '../backing/ports.ts';
import { isPortFree, pickPorts } from '../process/ports.ts';
import { StackFault } from '../stack-fault.ts';
import type { AppPorts } from './app-environment.ts';
import type { AppName, PerApp } from './app-names.ts';
import { appNames, perApp } from './app-names.ts';
import type { WholeOptions } from './options.ts';

/** Every port of a system. */
export interface SystemPorts {
  readonly backing: BackingPorts;
  readonly apps: PerApp<readonly AppPorts[]>;
}

/** Metrics are wished for that far above the port of the app itself. */
const managementOffset = 1_000;

/**
 * The ports that must be free: those that the user knows by heart.
 *
 * @throws StackFault that names each one that is taken
 */
export async function requireFreePorts(
  { ports, campusPort }: WholeOptions,
  { sources }: BackingPlan,
): Promise<void> {
  if (ports === 'free') return;
  const needed = [
    { port: ports.gateway, what: 'the gateway', variable: 'PORT' },
    ...(sources.mail === 'external'
      ? []
      : [{ port: ports.mailPage, what: "MailDev's page", variable: 'MAIL_PAGE_PORT' }]),
    // Its address is part of who people are there, so it is the same at each start.
    ...(campusPort === undefined
      ? []
      : [{ port: campusPort, what: 'the local provider of sign-ins', variable: 'OIDC_PORT' }]),
  ];
  const faults: string[] = [];
  for (const { port, what, variable } of needed) {
    if (await isPortFree(port)) continue;
    faults.push(
      `Port ${port} of ${what} is in use: end what listens there, or set ${variable} to another port.`,
    );
  }
  const [first, ...others] = faults;
  if (first !== undefined) throw new StackFault(first, ...others);
}

/** The ports wished for: the services next to the gateway, further instances anywhere. */
function appWishes({ ports, instances }: WholeOptions): Record<string, number> {
  const base = ports === 'free' ? 0 : ports.gateway;
  const wishes: Record<string, number> = {};
  for (const [index, app] of appNames.entries()) {
    for (let number = 1; number <= instances[app]; number += 1) {
      const wish = base === 0 || number > 1 ? 0 : base + index;
      const managementWish = wish === 0 ? 0 : wish + managementOffset;
      wishes[`${app}.${number}`] = wish > 65_535 ? 0 : wish;
      wishes[`${app}.${number}.management`] = managementWish > 65_535 ? 0 : managementWish;
    }
  }
  return wishes;
}

/** Picks all ports of a system, none twice. */
export async function pickSystemPorts(options: WholeOptions): Promise<SystemPorts> {
  const backing = await pickBackingPorts(options.ports === 'free' ? 'free' : 'usual');
  if (options.ports !== 'free') backing.mailPage = options.ports.mailPage;
  const picked = await pickPorts(appWishes(options));
  const instancesOf = (app: AppName): AppPorts[] =>
    Array.from({ length: options.instances[app] }, (_, index) => ({
      port: picked[`${app}.${index + 1}`] ?? 0,
      managementPort: picked[`${app}.${index + 1}.management`] ?? 0,
    }));
  return { backing, apps: perApp(instancesOf) };
}
