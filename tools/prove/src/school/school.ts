import { setTimeout as delay } from 'node:timers/promises';
import type { Course } from '@registrar/contracts-courses';
import { bodyOf } from '@registrar/contracts-http';
import type { Answer } from '@registrar/contracts-http';
import type { Dynamo } from '@registrar/dynamodb';
import { accessToken } from '@registrar/testing/access-token';
import type { SigningKey } from '@registrar/testing/access-token';
import pMap from 'p-map';
import type { Random } from '@registrar/testing/random';
import { drawnId } from '@registrar/testing/random';
import { Client } from '../fire/client.ts';
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
  const api = client.at(gatewayUrl);
  try {
    const enlisted = enlist([registrar, ...students], gateway);
    const body = openSemester(new Date());
    await patiently(() => api.putSemester({ token, params: { id: 'proof' }, body }));
    const params = { id: 'PROOF' };
    await patiently(() => api.putDepartment({ token, params, body: { name: 'Proof' } }));
    const courses = await pMap(
      catalogue.map((course) => ({ token, key: drawnId(random, 'key'), body: course })),
      (ask) => patiently(() => api.createCourse(ask)),
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
async function patiently<Body>(ask: () => Promise<Answer<Body>>): Promise<Body> {
  const endsAt = performance.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    const { status } = answer;
    const isPassing = status === 0 || status === 429 || status >= 503;
    if (!isPassing || performance.now() > endsAt) return bodyOf(answer);
    await delay(pauseMs);
  }
}
