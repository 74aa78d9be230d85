import { Logger } from '@nestjs/common';
import { PeriodicTask } from '@registrar/async';
import { overloaded } from '@registrar/service';
import { WriteAdmission } from '../admission/write-admission.ts';
import { inOrderOfResponsibility } from '../routing/rendezvous.rules.ts';
import type { UpstreamName } from '../../routes/routes.ts';
import type { UpstreamAnswer, UpstreamRequest } from './answer.ts';
import { ServiceAddress, isRead } from './service-address.ts';
import type { PoolName } from './service-address.ts';
import { isConnectionFault, problemOf } from './upstream-faults.ts';

const probeEveryMs = 400;
/** Reads under way to one service; more are refused, so that one slow service cannot hold everything. */
const maxReads = 600;

/** How the address of a call is chosen. */
interface Choice {
  /** Sends calls of one key to one address as long as it is well. */
  key?: string | undefined;
}

/**
 * The addresses of one service.
 *
 * Guarantee: a call goes to an address that is well, to the one with the least under way, or by its key to the
 * responsible one; a safe call that an address refuses or hangs up on is made once more, elsewhere if possible.
 * Failure: Problem 503 `service_unavailable` at once when no address is well, 504 `upstream_timeout`, 503
 * `overloaded`.
 */
export class ServiceAddresses {
  private readonly logger = new Logger(ServiceAddresses.name);
  private readonly addresses: ServiceAddress[];
  private readonly probing = new PeriodicTask(() => this.probeAddresses(), {
    everyMs: probeEveryMs,
    onError: (error) => this.logger.error({ err: error }, 'addresses cannot be probed'),
  });
  private readonly underWay: Record<PoolName, number> = { read: 0, light: 0, heavy: 0 };
  private readonly writes = new WriteAdmission();
  private turn = 0;

  constructor(
    readonly service: UpstreamName,
    urls: readonly string[],
  ) {
    this.addresses = urls.map((url) => new ServiceAddress(service, url));
    this.probing.start();
  }

  /** Calls under way to all addresses. */
  get load(): number {
    return this.underWay.read + this.underWay.light + this.underWay.heavy;
  }

  /** Each address: whether calls go to it, and whether its breaker is open. */
  get states(): { url: string; well: boolean; isOpen: boolean }[] {
    return this.addresses.map(({ url, open, ready }) => ({ url, well: open && ready, isOpen: !open }));
  }

  /** Addresses that calls go to. */
  get well(): number {
    return this.addresses.filter(({ open, ready }) => open && ready).length;
  }

  async call(request: UpstreamRequest, choice: Choice = {}): Promise<UpstreamAnswer> {
    const call = (pool: PoolName) => this.counted(pool, request, choice);
    if (!isRead(request)) return this.writes.admit(choice.key, call);
    if (this.underWay.read >= maxReads) throw overloaded();
    return call('read');
  }

  /** The address that a call of this choice goes to; `refused` only where there is no other. */
  choose({ key }: Choice = {}, refused?: ServiceAddress): ServiceAddress {
    const others = this.addresses.filter((address) => address !== refused);
    const candidates = others.length > 0 ? others : this.addresses;
    const open = candidates.filter((address) => address.open);
    const well = open.filter(({ ready }) => ready);
    const from = [well, open, candidates].find((some) => some.length > 0) ?? candidates;
    const chosen = key === undefined ? this.leastLoaded(from) : responsible(from, key);
    if (!chosen) throw new Error(`The service ${this.service} has no address.`);
    return chosen;
  }

  async close(): Promise<void> {
    await this.probing.stop();
    await Promise.all(this.addresses.map((address) => address.close()));
  }

  private async counted(pool: PoolName, request: UpstreamRequest, choice: Choice): Promise<UpstreamAnswer> {
    this.underWay[pool] += 1;
    try {
      return await this.attempt(pool, request, choice);
    } catch (error) {
      throw problemOf(error, this.service);
    } finally {
      this.underWay[pool] -= 1;
    }
  }

  private async attempt(pool: PoolName, request: UpstreamRequest, choice: Choice): Promise<UpstreamAnswer> {
    const address = this.choose(choice);
    try {
      return await address.call(request, pool);
    } catch (error) {
      if (pool !== 'read' || !isConnectionFault(error)) throw error;
    }
    return this.choose(choice, address).call(request, pool);
  }

  private leastLoaded(from: readonly ServiceAddress[]): ServiceAddress | undefined {
    if (from.length === 1) return from[0];
    const least = Math.min(...from.map(({ load }) => load));
    const idle = from.filter(({ load }) => load === least);
    this.turn += 1;
    return idle[this.turn % idle.length];
  }

  /** A single healthy address is not probed: its calls show its health. */
  private probeAddresses(): void {
    for (const address of this.addresses) {
      if (this.addresses.length > 1 || address.suspect) void address.probe();
    }
  }
}

function responsible(from: readonly ServiceAddress[], key: string): ServiceAddress | undefined {
  return inOrderOfResponsibility(from, ({ url }) => url, key)[0];
}
