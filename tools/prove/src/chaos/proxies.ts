import type { Addresses, InstanceEnv } from '@registrar/stack';
import { DynamoFaultProxy, MisbehavingSmtp, TcpChaosProxy } from '@registrar/testing';
import { sabotageOptions } from '../sabotage/sabotage.ts';
import type { Sabotage } from '../sabotage/sabotage.ts';

/** The proxies between the apps and their backing services, and a mail server that keeps its mails. */
export class Proxies {
  /** Before the tables, one for each enrollments instance. */
  readonly dynamo: DynamoFaultProxy[] = [];
  readonly smtp: MisbehavingSmtp;
  private redisProxy: TcpChaosProxy | undefined;
  private readonly sabotage: readonly Sabotage[];

  private constructor(smtp: MisbehavingSmtp, sabotage: readonly Sabotage[]) {
    this.smtp = smtp;
    this.sabotage = sabotage;
  }

  static async start(sabotage: readonly Sabotage[]): Promise<Proxies> {
    return new Proxies(await MisbehavingSmtp.start(), sabotage);
  }

  /** Before the cache, for all apps. */
  get redis(): TcpChaosProxy {
    if (!this.redisProxy) throw new Error('No app was started yet.');
    return this.redisProxy;
  }

  /** For `startSystem`: sends every instance through its proxies, and puts the sabotage into enrollments. */
  readonly instanceEnv: InstanceEnv = async ({ app }, addresses) => {
    const redis = await this.beforeRedis(addresses);
    const common = { REDIS_URL: redis.url(addresses.REDIS_URL) };
    if (app !== 'enrollments') return common;
    const dynamo = await DynamoFaultProxy.start(addresses.DYNAMODB_ENDPOINT);
    this.dynamo.push(dynamo);
    return { ...common, DYNAMODB_ENDPOINT: dynamo.url, ...sabotageOptions(this.sabotage) };
  };

  async stop(): Promise<void> {
    await Promise.all([
      ...this.dynamo.map((proxy) => proxy.close()),
      this.redisProxy?.stop(),
      this.smtp.stop(),
    ]);
  }

  private async beforeRedis(addresses: Addresses): Promise<TcpChaosProxy> {
    this.redisProxy ??= await TcpChaosProxy.start(addresses.REDIS_URL);
    return this.redisProxy;
  }
}
