import { afterAll } from 'vitest';
import { GatewaySystem } from './gateway-system.ts';
import type { RunningGateway } from './running-gateway.ts';

/** A system with one gateway, for all tests of a file; both are stopped after them. */
export async function startGateway(
  env: Record<string, string> = {},
): Promise<{ system: GatewaySystem; gateway: RunningGateway }> {
  const system = new GatewaySystem();
  afterAll(() => system.close());
  await system.prepare();
  return { system, gateway: await system.start(env) };
}
