import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { PeriodicTask } from '@registrar/async';
import { CONFIG } from '@registrar/service';
import type { GatewayConfig } from '../../config/gateway-config.ts';

const sampleEveryMs = 20;
/** Fewer requests a second than these are no load: then the machine is late, and refusing requests does not help. */
const loadFromPerSecond = 200;
/** Share of the newest sample in the average: one long collection does not shed, a second of them does. */
const weight = 0.25;

/**
 * Load shedding: an instance is overloaded with too many requests in flight, or with a late event loop under load.
 * New requests are then refused before any work is done for them.
 */
@Injectable()
export class LoadShedder implements OnApplicationShutdown {
  private readonly logger = new Logger(LoadShedder.name);
  /** Requests under way, streams not counted. */
  inFlight = 0;
  /** Requests that arrived since the last sample. */
  arrived = 0;
  private delayMs = 0;
  private perSecond = 0;
  private expectedAt = performance.now() + sampleEveryMs;
  private readonly sampling = new PeriodicTask(() => this.sample(performance.now()), {
    everyMs: sampleEveryMs,
    firstAfterMs: sampleEveryMs,
    onError: (error) => this.logger.error({ err: error }, 'the load cannot be sampled'),
  });

  constructor(
    @Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'MAX_IN_FLIGHT' | 'MAX_LOOP_DELAY_MS'>,
  ) {
    this.sampling.start();
  }

  /** Whether a new request is to be refused. */
  get overloaded(): boolean {
    return this.inFlight >= this.config.MAX_IN_FLIGHT || this.isLate;
  }

  private get isLate(): boolean {
    return this.delayMs > this.config.MAX_LOOP_DELAY_MS && this.perSecond > loadFromPerSecond;
  }

  onApplicationShutdown(): Promise<void> {
    return this.sampling.stop();
  }

  private sample(now: number): void {
    const late = Math.max(0, now - this.expectedAt);
    this.delayMs += (late - this.delayMs) * weight;
    this.expectedAt = now + sampleEveryMs;
    const rate = (this.arrived * 1_000) / (sampleEveryMs + late);
    this.perSecond += (rate - this.perSecond) * weight;
    this.arrived = 0;
  }
}
