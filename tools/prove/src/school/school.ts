import type { Course } from '@registrar/contracts-courses';
import type { Dynamo } from '@registrar/dynamodb';
import { Client } from '../fire/client.ts';
import { inParallel } from '../in-parallel.ts';
import type { Random } from '../random.ts';
import type { CatalogueSize } from './catalogue.ts';
import { drawCatalogue, openSemester } from './catalogue.ts';
import type { Student } from './students.ts';
import { drawStudents, enlist } from './students.ts';
import type { TokenSigner } from './tokens.ts';

/** Courses made at a time. */
const width = 8;

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
  readonly signer: TokenSigner;
}

/** Makes the accounts in the tables, and the semester and its courses over the API as a registrar would. */
export async function openSchool({
  random,
  size,
  gatewayUrl,
  gateway,
  signer,
}: SchoolParts): Promise<School> {
  const [registrar, ...students] = drawStudents(random, size.students);
  if (!registrar) throw new Error('There is no registrar.');
  const catalogue = drawCatalogue(random, size);
  const token = signer.tokenOf(registrar.id, ['registrar']);
  const client = new Client();
  const ask = async <Body>(method: 'PUT' | 'POST', path: string, body: object, expected: number) => {
    const answer = await client.send<Body>({ url: `${gatewayUrl}/api/${path}`, method, token, body });
    if (answer.status === expected) return answer.body;
    throw new Error(`${method} /api/${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  };
  try {
    const enlisted = enlist([registrar, ...students], gateway);
    await ask('PUT', 'semesters/proof', openSemester(new Date()), 200);
    await ask('PUT', 'departments/PROOF', { name: 'Proof' }, 200);
    const courses = await inParallel(catalogue, width, (course) =>
      ask<Course>('POST', 'courses', { ...course, status: 'open' }, 201),
    );
    await enlisted;
    const tokens = new Map(students.map(({ id }) => [id, signer.tokenOf(id, ['student'])]));
    tokens.set(registrar.id, token);
    return { registrar, students, courses, tokens };
  } finally {
    await client.close();
  }
}
