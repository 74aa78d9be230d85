import { describe, expect, it } from 'vitest';
import { runBareService } from '../testing/bare-service.ts';

const address = 'http://127.0.0.1:1';
/** Notes which modules are loaded. */
const noteModules = `
  import { registerHooks } from 'node:module';
  const loaded = [];
  registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
`;
/**
 * The API of OpenTelemetry, which does nothing by itself, is always there: prom-client brings it for exemplars.
 */
const counts = String.raw`{
  all: loaded.length,
  recording: loaded.filter((url) => /@opentelemetry\/(?!api\/)|\/otlp-recorder/.test(url)).length,
}`;

const loadedWith = (variables: Record<string, string>) =>
  runBareService<{ all: number; recording: number }>(noteModules, counts, variables);

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
