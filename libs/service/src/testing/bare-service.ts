import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

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
const start = `
  const { ServiceModule, serviceConfig, startService } = await import('@registrar/service');
  await startService({
    name: 'bare',
    config: serviceConfig,
    module: (config) => ServiceModule.forRoot('bare', config),
  });
`;

/**
 * Starts a service as it is built, in a process of its own, to the point where it listens.
 *
 * @param before statements that run before the service is loaded
 * @param result an expression, evaluated when it listens; its value as JSON is the answer
 */
export async function runBareService<Result>(
  before: string,
  result: string,
  variables: Record<string, string>,
): Promise<Result> {
  const program = `${before}${start}process.stdout.write(JSON.stringify(${result}));process.exit(0);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    cwd,
    env: { ...env, ...variables },
  });
  return JSON.parse(stdout) as Result;
}
