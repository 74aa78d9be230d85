import { retentionSettings } from '@registrar/contracts-gateway';
import { listOf, serviceConfig } from '@registrar/service';
import { z } from 'zod';

/** What the courses service reads from its environment. */
export const coursesConfig = serviceConfig.extend({
  ...retentionSettings,
  /** Addresses of the enrollments service: what a registrar changes is agreed with it first. */
  ENROLLMENTS_URL: listOf(z.url({ protocol: /^https?$/ })),
  /** Addresses of the gateway, for the names of instructors who registered a moment ago. */
  GATEWAY_URL: listOf(z.url({ protocol: /^https?$/ })),
});

/** The config of the courses service. */
export type CoursesConfig = z.infer<typeof coursesConfig>;
