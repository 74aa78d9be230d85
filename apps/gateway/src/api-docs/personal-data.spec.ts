import { topics as courseTopics } from '@registrar/contracts-courses';
import { topics as enrollmentTopics } from '@registrar/contracts-enrollments';
import { topics as gatewayTopics } from '@registrar/contracts-gateway';
import { topics as notificationTopics } from '@registrar/contracts-notifications';
import type { TopicDefinition } from '@registrar/messaging';
import { describe, expect, it } from 'vitest';
import { channels } from './asyncapi-document.ts';
import { jsonSchemaOf } from './json-schemas.ts';

const topics: readonly TopicDefinition[] = [
  ...gatewayTopics,
  ...courseTopics,
  ...enrollmentTopics,
  ...notificationTopics,
];

/** Properties that could tell of a person, or hold what somebody wrote. */
const suspicious =
  /(name|mail|phone|address|birth|gender|photo|agent|external|title|description|text|subject|note|reason|comment|message|remark|label|password|token|secret)/i;

/** Ids of ours, whatever they are of; the external id is the campus's. */
const opaqueId = /^(?!external).*Id$/;

/** Suspicious properties that tell of nobody, by topic, with the reason why. */
const allowed: Record<string, Record<string, string>> = {
  'courses.course.v1': {
    title: 'of a course',
    description: 'of a course, as the catalogue shows it to everybody',
    name: 'of a reservation of seats',
  },
  'courses.semester.v1': {
    name: 'of a semester, of a ticket for a group, of a holiday',
  },
  'enrollments.enrollment.v1': {
    courseTitle: 'of a course',
    reason: 'the code of a rule, never words',
  },
  'enrollments.permit.v1': {
    courseTitle: 'of a course',
    note: 'only in events of before, which the topic forgets after a week',
  },
  'gateway.session.v1': {
    reason: 'one of a few codes',
  },
  'registrar.audit.v1': {
    address: 'network address of the client, which an audit record is for; the topic forgets after a week',
  },
};

/** Names of all properties of a JSON Schema, however deep. */
function propertiesOf(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(propertiesOf);
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) =>
    key === 'properties'
      ? Object.entries(value as object).flatMap(([name, inner]) => [name, ...propertiesOf(inner)])
      : propertiesOf(value),
  );
}

function suspiciousOf(topic: string): string[] {
  const events = channels
    .filter((channel) => channel.topic.name === topic)
    .flatMap((channel) => channel.events);
  const names = events.flatMap(({ schema }) => propertiesOf(jsonSchemaOf(schema, 'output')));
  return [...new Set(names.filter((name) => suspicious.test(name) && !opaqueId.test(name)))].sort();
}

describe('personal data in events', () => {
  it('is looked for in every topic', () => {
    const described = channels.map((channel) => channel.topic.name).sort();
    expect(described).toEqual(topics.map(({ name }) => name).sort());
  });

  it('stands in the topic of users, and in no other', () => {
    expect(topics.filter(({ personal }) => personal).map(({ name }) => name)).toEqual(['gateway.user.v1']);
    expect(suspiciousOf('gateway.user.v1')).toEqual(expect.arrayContaining(['email', 'externalId', 'name']));
  });

  it.each(topics.filter(({ personal }) => !personal).map(({ name }) => name))(
    'does not stand in %s, but for what is listed here with a reason',
    (topic) => {
      expect(suspiciousOf(topic)).toEqual(Object.keys(allowed[topic] ?? {}).sort());
    },
  );

  it('is forgotten where it was replaced: such a topic is compacted', () => {
    for (const { cleanup } of topics.filter(({ personal }) => personal)) expect(cleanup).toBe('compact');
  });
});
