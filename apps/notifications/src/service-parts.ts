import { readFileSync } from 'node:fs';
import { topics as enrollmentTopics } from '@registrar/contracts-enrollments';
import { topics as gatewayTopics } from '@registrar/contracts-gateway';

/** The service's name: in tables, consumer groups, tokens and logs. */
export const serviceName = 'notifications';

/** The service's tables, as data. */
export const tables: unknown = JSON.parse(readFileSync(new URL('../tables.json', import.meta.url), 'utf8'));

/** Topics that the service subscribes to. */
export const subscribedTopics = [...enrollmentTopics, ...gatewayTopics];
