import { startSystem } from '@registrar/stack';
import type { System } from '@registrar/stack';
import { afterAll, beforeAll } from 'vitest';
import { describeApiDocument } from './api-document.suite.ts';
import { describeErasure } from './erasure.suite.ts';
import { describeJourney } from './journey.suite.ts';
import { describeRegistrarsDay } from './registrars-day.suite.ts';
import { describeRegistrationTerms } from './registration-terms.suite.ts';
import { describeSections } from './sections.suite.ts';
import { unlimited } from './support/unlimited.ts';
import { SpanReceiver } from './support/span-receiver.ts';

let spans: SpanReceiver;
let system: System;

beforeAll(async () => {
  spans = await SpanReceiver.open();
  const env = { ...unlimited, OTEL_EXPORTER_OTLP_ENDPOINT: spans.endpoint };
  system = await startSystem({ name: 'e2e-one', env });
});
afterAll(async () => {
  await system.stop();
  await spans.close();
});

describeJourney(
  () => system,
  () => spans,
);
describeRegistrarsDay(() => system);
describeRegistrationTerms(() => system);
describeSections(() => system);
describeErasure(() => system);
describeApiDocument(() => system);
