import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const cwd = fileURLToPath(new URL('../..', import.meta.url));
const secret = 'x'.repeat(32);
const env = {
  PORT: '0',
  MANAGEMENT_PORT: '0',
  LOG_LEVEL: 'silent',
  KAFKA_BROKERS: '127.0.0.1:1',
  REDIS_URL: 'redis://127.0.0.1:1',
  JWKS_URL: 'http://127.0.0.1:1/jwks',
  SERVICE_TOKEN_SECRET: secret,
  CURSOR_SECRET: secret,
};

/** Starts a service as it is built and prints the addresses that it listens on, the management port's first. */
const program = String.raw`
  import { Server } from 'node:net';
  const addresses = [];
  const { listen } = Server.prototype;
  Server.prototype.listen = function (...given) {
    this.once('listening', () => addresses.push(this.address().address));
    return listen.apply(this, given);
  };
  const { ServiceModule, serviceConfig, startService } = await import('@registrar/service');
  await startService({
    name: 'bare',
    config: serviceConfig,
    module: (config) => ServiceModule.forRoot('bare', config),
  });
  process.stdout.write(JSON.stringify(addresses));
  process.exit(0);
`;

async function addressesWith(variables: Record<string, string>): Promise<string[]> {
  const args = ['--input-type=module', '--eval', program];
  const options = { cwd, env: { ...env, ...variables } };
  const { stdout } = await promisify(execFile)(process.execPath, args, options);
  return JSON.parse(stdout) as string[];
}

describe('the management port', () => {
  it('stays on loopback where HOST opens the public port to every address', async () => {
    expect(await addressesWith({ HOST: '0.0.0.0' })).toEqual(['127.0.0.1', '0.0.0.0']);
  });

  it('is opened by MANAGEMENT_HOST alone', async () => {
    expect(await addressesWith({ MANAGEMENT_HOST: '0.0.0.0' })).toEqual(['0.0.0.0', '127.0.0.1']);
  });
});
