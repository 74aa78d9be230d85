import type { Addresses, Backing, PartName } from '../backing/part.ts';
import type { AppName, PerApp } from './app-names.ts';
import { appNames, perApp } from './app-names.ts';
import type { InstanceRecord, RunningCampus, StackRecord } from './stack-file.ts';
import { stackRecord } from './stack-file.ts';
import type { SupervisedApp } from './supervised-app.ts';

/** The local provider keeps nothing that it would have to finish. */
const campusGraceMs = 2_000;

/** The beginnings of the names that a system uses in what it shares with others. */
export interface SystemPrefixes {
  readonly TABLE_PREFIX: string;
  readonly TOPIC_PREFIX: string;
  readonly CACHE_PREFIX: string;
  readonly JOBS_PREFIX: string;
}

/** A running Registrar: its apps as processes, on backing services of its own or external ones. */
export interface System {
  readonly name: string;
  readonly addresses: Addresses;
  readonly prefixes: SystemPrefixes;
  /** Address of the gateway's first instance. */
  readonly gatewayUrl: string;
  /** Who may do everything: made by the gateway at its start. */
  readonly admin: { readonly email: string; readonly password: string };
  /** Addresses and pids as they are now; a restarted app has a new pid. */
  record(): StackRecord;
  /** The instances of an app as they are now. */
  instances(app: AppName): readonly InstanceRecord[];
  /** Sends a signal to one instance, counted from 0. A killed one comes back by itself. */
  kill(app: AppName, instance: number, signal: NodeJS.Signals): void;
  /** Freezes a backing service that was started here, or lets it go on; it keeps its connections. */
  freeze(part: PartName, frozen: boolean): Promise<void>;
  /** Resolves when every instance of that app (or of all) is ready. */
  untilReady(app?: AppName): Promise<void>;
  /** Stops everything that was started, in order, and removes the data of a passing system. */
  stop(): Promise<void>;
}

/** What a system consists of. */
export interface SystemParts {
  readonly name: string;
  readonly backing: Backing;
  readonly prefixes: SystemPrefixes;
  readonly admin: System['admin'];
  readonly apps: PerApp<readonly SupervisedApp[]>;
  readonly campus: RunningCampus | undefined;
  /** What follows once the apps have stopped. */
  readonly tearDown: () => Promise<void>;
}

function instanceRecord(app: SupervisedApp): InstanceRecord {
  const metricsUrl = `http://127.0.0.1:${app.ports.managementPort}/metrics`;
  return { url: app.url, metricsUrl, pid: app.pid };
}

/** A system whose apps are started and watched over by this process. */
export class SupervisedSystem implements System {
  readonly name: string;
  readonly addresses: Addresses;
  readonly prefixes: SystemPrefixes;
  readonly gatewayUrl: string;
  readonly admin: System['admin'];
  private readonly parts: SystemParts;
  private stopped: Promise<void> | undefined;

  constructor(parts: SystemParts) {
    this.parts = parts;
    this.name = parts.name;
    this.addresses = parts.backing.addresses;
    this.prefixes = parts.prefixes;
    this.admin = parts.admin;
    this.gatewayUrl = parts.apps.gateway[0]?.url ?? '';
  }

  instances(app: AppName): readonly InstanceRecord[] {
    return this.parts.apps[app].map(instanceRecord);
  }

  record(): StackRecord {
    return stackRecord(
      perApp((app) => this.instances(app)),
      this.parts.backing,
      this.parts.campus,
    );
  }

  kill(app: AppName, instance: number, signal: NodeJS.Signals): void {
    const target = this.parts.apps[app][instance];
    if (target === undefined) throw new RangeError(`${app} has no instance ${instance}.`);
    target.kill(signal);
  }

  freeze(part: PartName, frozen: boolean): Promise<void> {
    return this.parts.backing.freeze(part, frozen);
  }

  async untilReady(app?: AppName): Promise<void> {
    const names = app === undefined ? appNames : [app];
    await Promise.all(names.flatMap((name) => this.parts.apps[name].map((each) => each.untilReady())));
  }

  stop(): Promise<void> {
    this.stopped ??= this.stopParts();
    return this.stopped;
  }

  private async stopParts(): Promise<void> {
    const { apps, campus, tearDown } = this.parts;
    await Promise.all(apps.gateway.map((each) => each.stop()));
    await campus?.child.stop(campusGraceMs);
    const services = appNames.filter((app) => app !== 'gateway').flatMap((app) => apps[app]);
    await Promise.all(services.map((each) => each.stop()));
    await tearDown();
  }
}
