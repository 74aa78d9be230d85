import { topics as courseTopics } from '@registrar/contracts-courses';
import { topics as enrollmentTopics } from '@registrar/contracts-enrollments';
import { auditTopic, topics as ofGateway } from '@registrar/contracts-gateway';
import type { TopicDefinition } from '@registrar/messaging';
import type { AppName } from '../deployment/app-names.ts';

/** Audit records are written by every service, and read by the gateway alone. */
const gatewayTopics = ofGateway.filter((topic) => topic !== auditTopic);

/** What a service must be able to reach. */
export interface ServiceNeeds {
  /** Services that it calls by HTTP. */
  readonly calls: readonly AppName[];
  /** Topics that it publishes to. */
  readonly publishes: readonly TopicDefinition[];
  /** Topics that it reads; what it cannot work on goes to their dead letters. */
  readonly consumes: readonly TopicDefinition[];
  /** Whether it keeps jobs in a Redis that evicts nothing. */
  readonly jobs: boolean;
}

/** The needs of the services. All read the keys of access tokens from the gateway. */
export const needs: Readonly<Record<AppName, ServiceNeeds>> = {
  gateway: {
    calls: ['courses', 'enrollments', 'notifications', 'gateway'],
    publishes: ofGateway,
    consumes: [...ofGateway, ...courseTopics, ...enrollmentTopics],
    jobs: false,
  },
  courses: {
    calls: ['gateway', 'enrollments'],
    publishes: [...courseTopics, auditTopic],
    consumes: [...courseTopics, ...enrollmentTopics, ...gatewayTopics],
    jobs: false,
  },
  enrollments: {
    calls: ['gateway'],
    publishes: [...enrollmentTopics, auditTopic],
    consumes: [...enrollmentTopics, ...courseTopics, ...gatewayTopics],
    jobs: false,
  },
  notifications: {
    calls: ['gateway', 'enrollments'],
    publishes: [auditTopic],
    consumes: [...enrollmentTopics, ...gatewayTopics],
    jobs: true,
  },
};
