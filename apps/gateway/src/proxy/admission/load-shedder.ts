import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { LoopDelay } from '@registrar/async';
import { CONFIG } from '@registrar/service';
import type { GatewayConfig } from '../../config/gateway-config.ts';

/** Fewer requests a second than these are no load: then the machine is late, and refusing requests does not help. */
const loadFromPerSecond = 200;
/** Share of the newest sample in the average. */
const weight = 0.25;

/**
 * Load shedding: an instance is overloaded with too many requests in flight, or with a late event loop under load.
 * New requests are then refused before any work is done for them.
 */
@Injectable()
export class LoadShedder implements OnApplicationShutdown {
  /** Requests under way, streams not counted. */
  inFlight = 0;
  /** Requests that arrived since the last sample. */
  arrived = 0;
  private perSecond = 0;
  private readonly loop = new LoopDelay((elapsedMs) => this.sample(elapsedMs));

  constructor(
    @Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'MAX_IN_FLIGHT' | 'MAX_LOOP_DELAY_MS'>,
  ) {
    this.loop.start();
  }

  /** Whether a new request is to be refused. */
  get overloaded(): boolean {
    return this.inFlight >= this.config.MAX_IN_FLIGHT || this.isLate;
  }

  private get isLate(): boolean {
    return this.loop.averageMs > this.config.MAX_LOOP_DELAY_MS && this.perSecond > loadFromPerSecond;
  }

  onApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  private sample(elapsedMs: number): void {
    this.perSecond += ((this.arrived * 1_000) / elapsedMs - this.perSecond) * weight;
    this.arrived = 0;
  }
}
