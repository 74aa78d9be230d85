import type { NewCourse } from '@registrar/contracts-courses';
import { bodyOf } from '@registrar/contracts-http';
import pMap from 'p-map';
import type { SeedTarget } from '../system/options.ts';
import { since } from '../terminal.ts';
import { demoCourses } from './catalogue.ts';
import { demoApi } from './demo-client.ts';
import { demoDepartments } from './departments.ts';
import { demoSemesters } from './semesters.ts';

/** How many requests of the seed run at a time. */
const concurrency = 12;

const mail = (name: string): string => `${name}@registrar.example`;

async function signIn(
  { gatewayUrl }: SeedTarget,
  email: string,
  password: string,
): Promise<string | undefined> {
  const answer = await demoApi(gatewayUrl, [401, 429]).login({ body: { email, password } });
  return answer.ok ? answer.body.accessToken : undefined;
}

/** Registers an account, unless it is there already; resolves with its id. */
async function account(
  { gatewayUrl, admin }: SeedTarget,
  token: string,
  who: string,
  name: string,
): Promise<string> {
  const api = demoApi(gatewayUrl, [409]);
  const email = mail(who);
  const made = await api.register({ body: { email, password: admin.password, name } });
  if (made.ok) return made.body.user.id;
  const { items } = bodyOf(await api.listUsers({ token, query: { email } }));
  return items[0]?.id ?? '';
}

async function staff(
  target: SeedTarget,
  token: string,
  role: 'registrar' | 'instructor',
  name: string,
  who: string = role,
): Promise<string> {
  const id = await account(target, token, who, name);
  await demoApi(target.gatewayUrl).setRoles({ token, params: { id }, body: { roles: [role] } });
  return id;
}

async function loadCatalogue(
  { gatewayUrl, coursesUrl }: SeedTarget,
  token: string,
  courses: (semesterId: string) => NewCourse[],
): Promise<void> {
  const { past, current, next } = demoSemesters(new Date());
  const api = demoApi(gatewayUrl);
  await pMap(
    demoDepartments,
    ({ id, name }) => api.putDepartment({ token, params: { id }, body: { name } }),
    { concurrency },
  );
  for (const { id, body } of [past, next, current]) await api.putSemester({ token, params: { id }, body });
  // Straight to the service: the gateway lets one user send 20 a second, and this is no user.
  const service = demoApi(coursesUrl, [409]);
  await pMap(courses(current.id), (body) => service.createCourse({ token, body }), { concurrency });
}

/**
 * Loads the demo data over HTTP, as a client of the running system.
 *
 * May be run again: what exists stays as it is. The student's account is made last, so that it tells whether
 * everything was loaded before.
 */
export async function loadDemo(target: SeedTarget): Promise<void> {
  const { admin, terminal } = target;
  if ((await signIn(target, mail('student'), admin.password)) !== undefined) return;
  const token = await signIn(target, admin.email, admin.password);
  if (token === undefined) {
    terminal.warn('The demo data is not loaded: the accounts have another password than DEMO_PASSWORD says.');
    return;
  }
  const startedAtMs = performance.now();
  terminal.info('Loading the demo data ...');
  await staff(target, token, 'registrar', 'Robin Registrar');
  const instructorId = await staff(target, token, 'instructor', 'Iris Instructor');
  const instructors = await pMap(
    demoDepartments,
    ({ id, instructor }) => staff(target, token, 'instructor', instructor, `instructor.${id.toLowerCase()}`),
    { concurrency },
  );
  const instructorOf = (id: string) => instructors[demoDepartments.findIndex((each) => each.id === id)] ?? '';
  await loadCatalogue(target, token, (semesterId) => demoCourses(semesterId, instructorOf, instructorId));
  await account(target, token, 'student', 'Sam Student');
  terminal.info(`The demo data is loaded ${since(startedAtMs)}`);
}
