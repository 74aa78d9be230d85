import type { Session } from '@registrar/contracts-gateway';
import { request } from 'undici';
import { GatewaySystem } from '../gateway-system.ts';
import { goodPassword } from '../running-gateway.ts';
import { GatewayProcess } from './gateway-process.ts';
import { idleClients, killedService, loginFlood, memoryHits } from './scenarios.ts';
import type { Scene } from './scenarios.ts';
import { tokenCost } from './token-cost.ts';

// The gateway's figures, on the stack that the environment names. Rate limits are those of production, but for
// users and addresses: one client measures from one address. Names of scenarios may be given.
const scenarios: Record<string, (scene: Scene) => Promise<string[]>> = {
  loginFlood,
  killedService,
  idleClients,
  memoryHits,
};
const chosen = process.argv.slice(2);

const system = await new GatewaySystem().prepare();
const limits = { RATE_LIMIT_USER_PER_SECOND: '1000000', RATE_LIMIT_ADDRESS_PER_SECOND: '1000000' };
const gateway = await GatewayProcess.start({ ...system.env, ...limits });
try {
  const session = await student(gateway.url);
  for (const [name, scenario] of Object.entries(scenarios)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    for (const line of await scenario({ system, gateway, session })) process.stdout.write(`${line}\n`);
  }
  if (chosen.length === 0 || chosen.includes('tokenCost')) {
    const { app } = await system.start();
    for (const line of await tokenCost(app, session.accessToken)) process.stdout.write(`${line}\n`);
  }
} finally {
  await gateway.stop();
  await system.close();
}

async function student(url: string): Promise<Session> {
  const answer = await request(`${url}/api/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'bench@registrar.example', password: goodPassword, name: 'Bench' }),
  });
  return (await answer.body.json()) as Session;
}
