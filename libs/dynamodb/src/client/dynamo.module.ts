import { Inject, Logger, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { CONFIG, HealthRegistry, type ServiceConfig } from '@registrar/service';
import { CursorCodec } from '../cursor/cursor-codec.ts';
import { defineTables } from '../tables/define-tables.ts';
import { createDynamoClient } from './create-client.ts';
import { defaultLimits, type DynamoConfig } from './dynamo-config.ts';
import { StoreUnavailable } from './dynamo.errors.ts';
import { Dynamo } from './dynamo.service.ts';
import { StoreProbe } from './store-probe.ts';

/** What a service says of its store. */
interface DynamoModuleOptions {
  /** The service's name, part of its tables' names. */
  service: string;
  /** The parsed content of `tables.json`. */
  tables: unknown;
  config: Pick<ServiceConfig, 'DYNAMODB_ENDPOINT' | 'AWS_REGION' | 'TABLE_PREFIX'>;
  /** Other limits than the default ones. */
  limits?: Partial<Omit<DynamoConfig, 'endpoint' | 'region' | 'tablePrefix'>>;
}

/**
 * Provides `Dynamo` and the `CursorCodec` of the service, everywhere in the application.
 *
 * At the start it refuses to go on without the declared tables and indexes, and names all that are missing. A
 * store that is merely away does not stop the start: health says `down` until it answers.
 */
@Module({})
export class DynamoModule implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(DynamoModule.name);

  constructor(
    @Inject(Dynamo) private readonly dynamo: Dynamo,
    @Inject(StoreProbe) private readonly probe: StoreProbe,
    @Inject(HealthRegistry) private readonly health: HealthRegistry,
  ) {}

  static forRoot(options: DynamoModuleOptions): DynamicModule {
    return {
      module: DynamoModule,
      global: true,
      providers: [
        { provide: Dynamo, useFactory: () => createDynamo(options) },
        { provide: StoreProbe, useFactory: () => createProbe(options) },
        {
          provide: CursorCodec,
          inject: [CONFIG],
          useFactory: (config: ServiceConfig) => new CursorCodec(config.CURSOR_SECRET),
        },
      ],
      exports: [CursorCodec, Dynamo],
    };
  }

  async onModuleInit(): Promise<void> {
    this.health.register('dynamodb', 'always', async () => {
      await this.probe.readOnce();
      return { state: 'up' };
    });
    try {
      const missing = await this.dynamo.missing();
      if (missing.length > 0) throw new Error(`DynamoDB lacks: ${missing.join(', ')}`);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      this.logger.warn({ err: error }, 'the store is away, its tables are not checked');
    }
  }

  onApplicationShutdown(): void {
    this.dynamo.close();
    this.probe.close();
  }
}

/** A `Dynamo` outside of Nest: for tools and tests. The caller closes it. */
export function createDynamo(options: DynamoModuleOptions): Dynamo {
  const { DYNAMODB_ENDPOINT: endpoint, AWS_REGION: region, TABLE_PREFIX: tablePrefix } = options.config;
  const client = createDynamoClient({ ...options.limits, endpoint, region, tablePrefix });
  return new Dynamo(defineTables(options.service, tablePrefix, options.tables), client, {
    ...defaultLimits,
    ...options.limits,
  });
}

function createProbe({ service, tables, config }: DynamoModuleOptions): StoreProbe {
  const { DYNAMODB_ENDPOINT: endpoint, AWS_REGION: region, TABLE_PREFIX: tablePrefix } = config;
  return new StoreProbe(defineTables(service, tablePrefix, tables), { endpoint, region, tablePrefix });
}
