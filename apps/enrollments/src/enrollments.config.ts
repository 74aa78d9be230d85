import { retentionSettings } from '@registrar/contracts-gateway';
import { atLeast, listOf, serviceConfig } from '@registrar/service';
import { z } from 'zod';

/** What the enrollments service reads from its environment. */
export const enrollmentsConfig = serviceConfig.extend({
  ...retentionSettings,
  /** Addresses of the gateway, for users who registered a moment ago. */
  GATEWAY_URL: listOf(z.url({ protocol: /^https?$/ })),
  /** Live streams of seats that may be open: of one user, of one forwarded address, on one instance. */
  SEAT_STREAMS_PER_USER: atLeast(1).default(20),
  SEAT_STREAMS_PER_ADDRESS: atLeast(1).default(2_000),
  SEAT_STREAMS_PER_INSTANCE: atLeast(1).default(5_000),
  /** Time between two signs of life on a stream, ms. */
  SEAT_STREAM_HEARTBEAT_MS: atLeast(1).default(10_000),
});

/** The config of the enrollments service. */
export type EnrollmentsConfig = z.infer<typeof enrollmentsConfig>;
