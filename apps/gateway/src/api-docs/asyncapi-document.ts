import * as courses from '@registrar/contracts-courses';
import * as enrollments from '@registrar/contracts-enrollments';
import * as gateway from '@registrar/contracts-gateway';
import type { EventDefinition } from '@registrar/messaging';
import { jsonSchemaOf } from './json-schemas.ts';
import type { JsonSchema } from './json-schemas.ts';
import { withSharedSchemas } from './shared-schemas.rules.ts';

/** A topic with its key and what is published to it. */
interface Channel {
  topic: { name: string; partitions: number; retention: number | 'unlimited' };
  key: string;
  description: string;
  events: readonly EventDefinition[];
}

const { courseTopic, semesterTopic, courseCreated, courseUpdated, courseCancelled, semesterUpdated } =
  courses;
const { userTopic, sessionTopic, passwordResetTopic, exportTopic } = gateway;

/** Every topic of the system. */
export const channels: readonly Channel[] = [
  {
    topic: courseTopic,
    key: 'course id',
    description: 'Facts about courses; whole state, `version` orders them.',
    events: [courseCreated, courseUpdated, courseCancelled],
  },
  {
    topic: semesterTopic,
    key: 'semester id',
    description: 'Facts about semesters; whole state.',
    events: [semesterUpdated],
  },
  {
    topic: enrollments.enrollmentTopic,
    key: 'course id',
    description:
      'Facts about enrollments, with the counts of the course; `sequence` grows by one, without gaps.',
    events: enrollments.enrollmentEvents,
  },
  {
    topic: enrollments.holdTopic,
    key: 'user id',
    description: 'Holds that were placed on students or released; the reason is in no event.',
    events: [enrollments.holdPlaced, enrollments.holdReleased],
  },
  {
    topic: enrollments.permitTopic,
    key: 'user id',
    description: 'Permits that were granted to students, and requests for permits that were declined.',
    events: [enrollments.permitGranted, enrollments.permitDeclined],
  },
  {
    topic: userTopic,
    key: 'user id',
    description:
      'Facts about users; whole state, `version` orders them. The last one of a user may be the erasure.',
    events: [gateway.userRegistered, gateway.userUpdated, gateway.userErased],
  },
  {
    topic: sessionTopic,
    key: 'user id',
    description: 'Sessions that ended before their time.',
    events: [gateway.sessionRevoked],
  },
  {
    topic: passwordResetTopic,
    key: 'user id',
    description: 'Password resets asked for; the link is fetched when the mail is sent.',
    events: [gateway.passwordResetRequested],
  },
  {
    topic: exportTopic,
    key: 'user id',
    description: 'Exports of personal data that their owners can download.',
    events: [gateway.exportReady],
  },
];

/** The AsyncAPI 3 document of the topics. */
export function asyncApiDocument(): JsonSchema {
  const events = channels.flatMap((channel) => channel.events);
  const { part: data, schemas } = withSharedSchemas(
    Object.fromEntries(events.map((event) => [event.type, jsonSchemaOf(event.schema, 'output')])),
  );
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Registrar events',
      version: '1.0.0',
      description:
        'Facts, as CloudEvents 1.0 in JSON (structured mode). Delivered at least once, in order by key; a duplicate has the same `id` and the same bytes. What a consumer could not work on lies on `<topic>.dlq`.',
    },
    defaultContentType: 'application/cloudevents+json',
    channels: Object.fromEntries(channels.map((channel) => [channel.topic.name, channelObject(channel)])),
    operations: Object.fromEntries(
      channels.map((channel) => [`publish-${channel.topic.name}`, operationObject(channel)]),
    ),
    components: {
      messages: Object.fromEntries(events.map((event) => [event.type, messageObject(event)])),
      schemas: { ...data, ...schemas },
    },
  };
}

function channelObject({ topic, key, description, events }: Channel): JsonSchema {
  return {
    address: topic.name,
    description,
    messages: Object.fromEntries(events.map(({ type }) => [type, { $ref: `#/components/messages/${type}` }])),
    bindings: { kafka: { topic: topic.name, partitions: topic.partitions, bindingVersion: '0.5.0' } },
    'x-key': key,
    'x-retention-ms': topic.retention,
  };
}

function operationObject({ topic, events }: Channel): JsonSchema {
  const channel = `#/channels/${topic.name}`;
  return {
    action: 'send',
    channel: { $ref: channel },
    messages: events.map(({ type }) => ({ $ref: `${channel}/messages/${type}` })),
  };
}

function messageObject({ type, source }: EventDefinition): JsonSchema {
  return {
    name: type,
    contentType: 'application/cloudevents+json',
    payload: {
      type: 'object',
      required: [
        'specversion',
        'id',
        'source',
        'type',
        'subject',
        'time',
        'datacontenttype',
        'dataschema',
        'data',
      ],
      properties: {
        specversion: { const: '1.0' },
        id: { type: 'string', description: 'The same in every copy.' },
        source: { const: source },
        type: { const: type },
        subject: { type: 'string' },
        time: { type: 'string', format: 'date-time' },
        datacontenttype: { const: 'application/json' },
        dataschema: { const: `urn:registrar:event:${type}` },
        traceparent: { type: 'string' },
        data: { $ref: `#/components/schemas/${type}` },
      },
    },
  };
}
