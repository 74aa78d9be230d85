import type { SeedTarget } from '../system/options.ts';
import { since } from '../terminal.ts';
import { demoCourses } from './catalogue.ts';
import { eachOf, send } from './demo-client.ts';
import { demoDepartments } from './departments.ts';
import { demoSemesters } from './semesters.ts';

/** How many requests of the seed run at a time. */
const width = 12;

const mail = (name: string): string => `${name}@registrar.example`;

async function signIn(
  { gatewayUrl }: SeedTarget,
  email: string,
  password: string,
): Promise<string | undefined> {
  const url = `${gatewayUrl}/api/auth/login`;
  const { status, body } = await send({ method: 'POST', url, body: { email, password } }, [401, 429]);
  return status === 200 ? String(body['accessToken']) : undefined;
}

/** Registers an account, unless it is there already; resolves with its id. */
async function account(
  { gatewayUrl, admin }: SeedTarget,
  token: string,
  who: string,
  name: string,
): Promise<string> {
  const registration = { email: mail(who), password: admin.password, name };
  const url = `${gatewayUrl}/api/auth/register`;
  const { status, body } = await send({ method: 'POST', url, body: registration }, [409]);
  if (status === 201) return String((body['user'] as { id: string }).id);
  const found = await send({
    method: 'GET',
    url: `${gatewayUrl}/api/users?email=${encodeURIComponent(mail(who))}`,
    token,
  });
  return String((found.body['items'] as { id: string }[])[0]?.id);
}

async function staff(
  target: SeedTarget,
  token: string,
  role: 'registrar' | 'instructor',
  name: string,
): Promise<string> {
  const id = await account(target, token, role, name);
  const url = `${target.gatewayUrl}/api/users/${id}/roles`;
  await send({ method: 'PUT', url, token, body: { roles: [role] } });
  return id;
}

async function loadCatalogue(
  { gatewayUrl, coursesUrl }: SeedTarget,
  token: string,
  instructorId: string,
): Promise<void> {
  const { past, current, next } = demoSemesters(new Date());
  const put = (path: string, body: unknown): Promise<unknown> =>
    send({ method: 'PUT', url: `${gatewayUrl}/api/${path}`, body, token });
  await eachOf(demoDepartments, width, ({ id, name }) => put(`departments/${id}`, { name }));
  await eachOf([past, next, current], 1, ({ id, body }) => put(`semesters/${id}`, body));
  // Straight to the service: the gateway lets one user send 20 a second, and this is no user.
  await eachOf(demoCourses(current.id, instructorId), width, (body) =>
    send({ method: 'POST', url: `${coursesUrl}/api/courses`, body, token }, [409]),
  );
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
  terminal.say('Loading the demo data ...');
  await staff(target, token, 'registrar', 'Robin Registrar');
  const instructorId = await staff(target, token, 'instructor', 'Iris Instructor');
  await loadCatalogue(target, token, instructorId);
  await account(target, token, 'student', 'Sam Student');
  terminal.say(`The demo data is loaded ${since(startedAtMs)}`);
}
