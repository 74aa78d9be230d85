import { listOf, serviceConfig } from '@registrar/service';
import { z } from 'zod';

/** What the enrollments service reads from its environment. */
export const enrollmentsConfig = serviceConfig.extend({
  /** Addresses of the gateway, for users who registered a moment ago. */
  GATEWAY_URL: listOf(z.url({ protocol: /^https?$/ })),
});

/** The config of the enrollments service. */
export type EnrollmentsConfig = z.infer<typeof enrollmentsConfig>;
