import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const cwd = fileURLToPath(new URL('../..', import.meta.url));
const address = 'http://127.0.0.1:1';
const secret = 'x'.repeat(32);
const env = {
  PORT: '0',
  MANAGEMENT_PORT: '0',
  LOG_LEVEL: 'silent',
  KAFKA_BROKERS: '127.0.0.1:1',
  REDIS_URL: 'redis://127.0.0.1:1',
  JWKS_URL: `${address}/jwks`,
  SERVICE_TOKEN_SECRET: secret,
  CURSOR_SECRET: secret,
};

/**
 * Starts a service as it is built, to the point where it listens, and says how much it loaded. The API of
 * OpenTelemetry, which does nothing by itself, is always there: prom-client brings it for exemplars.
 */
const program = String.raw`
  import { registerHooks } from 'node:module';
  const loaded = [];
  registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
  const { ServiceModule, serviceConfig, startService } = await import('@registrar/service');
  await startService({
    name: 'bare',
    config: serviceConfig,
    module: (config) => ServiceModule.forRoot('bare', config),
  });
  const recording = loaded.filter((url) => /@opentelemetry\/(?!api\/)|\/otlp-recorder/.test(url));
  process.stdout.write(JSON.stringify({ all: loaded.length, recording: recording.length }));
  process.exit(0);
`;

async function loadedWith(variables: Record<string, string>) {
  const args = ['--input-type=module', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd,
    env: { ...env, ...variables },
  });
  return JSON.parse(stdout) as { all: number; recording: number };
}

describe('a service that has started', () => {
  it('has loaded nothing that records spans where no address is set', async () => {
    const { all, recording } = await loadedWith({});
    expect(all).toBeGreaterThan(100);
    expect(recording).toBe(0);
  });

  it('has loaded it where one is', async () => {
    expect((await loadedWith({ OTEL_EXPORTER_OTLP_ENDPOINT: address })).recording).toBeGreaterThan(10);
  });
});
