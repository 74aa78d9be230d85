import { setTimeout as delay } from 'node:timers/promises';
import type { Course } from '@registrar/contracts-courses';
import type { Dynamo } from '@registrar/dynamodb';
import { accessToken } from '@registrar/testing/access-token';
import type { SigningKey } from '@registrar/testing/access-token';
import pMap from 'p-map';
import type { Random } from '@registrar/testing/random';
import { drawnId } from '@registrar/testing/random';
import { Client } from '../fire/client.ts';
import type { Call } from '../fire/client.ts';
import type { CatalogueSize } from './catalogue.ts';
import { drawCatalogue, openSemester } from './catalogue.ts';
import type { Student } from './students.ts';
import { drawStudents, enlist } from './students.ts';

/** Courses made at a time. */
const width = 8;
/** How long one request of the preparation is tried, ms. */
const patienceMs = 60_000;
const pauseMs = 300;

/** Who and what there is before the fire begins. */
export interface School {
  readonly registrar: Student;
  readonly students: readonly Student[];
  /** The hot ones first. */
  readonly courses: readonly Course[];
  readonly tokens: ReadonlyMap<string, string>;
}

/** What a school is made of. */
export interface SchoolParts {
  readonly random: Random;
  readonly size: CatalogueSize & { readonly students: number };
  readonly gatewayUrl: string;
  /** The gateway's tables. */
  readonly gateway: Dynamo;
  /** Signs tokens as the gateway does. */
  readonly key: SigningKey;
}

/** Makes the accounts in the tables, and the semester and its courses over the API as a registrar would. */
export async function openSchool({ random, size, gatewayUrl, gateway, key }: SchoolParts): Promise<School> {
  const [registrar, ...students] = drawStudents(random, size.students);
  if (!registrar) throw new Error('There is no registrar.');
  const catalogue = drawCatalogue(random, size);
  const token = accessToken(key, registrar.id, ['registrar']);
  const client = new Client();
  const ask = <Body>(method: 'PUT' | 'POST', path: string, body: object) =>
    askPatiently<Body>(client, {
      url: `${gatewayUrl}/api/${path}`,
      method,
      token,
      body,
      key: drawnId(random, 'key'),
    });
  try {
    const enlisted = enlist([registrar, ...students], gateway);
    await ask('PUT', 'semesters/proof', openSemester(new Date()));
    await ask('PUT', 'departments/PROOF', { name: 'Proof' });
    const courses = await pMap(
      catalogue,
      (course) => ask<Course>('POST', 'courses', { ...course, status: 'open' }),
      { concurrency: width },
    );
    await enlisted;
    const tokens = new Map(students.map(({ id }) => [id, accessToken(key, id)]));
    tokens.set(registrar.id, token);
    return { registrar, students, courses, tokens };
  } finally {
    await client.close();
  }
}

/** A system that has just begun may be slow: it is asked again, under the same key, until it answers. */
async function askPatiently<Body>(client: Client, call: Call): Promise<Body> {
  const endsAt = performance.now() + patienceMs;
  for (;;) {
    const answer = await client.send<Body>(call);
    if (answer.status === 200 || answer.status === 201) return answer.body;
    const isPassing = answer.status === 0 || answer.status === 429 || answer.status >= 503;
    if (!isPassing || performance.now() > endsAt)
      throw new Error(
        `${call.method} ${call.url} was answered ${answer.status}: ${JSON.stringify(answer.body)}`,
      );
    await delay(pauseMs);
  }
}
