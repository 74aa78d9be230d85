import type { NewCourse } from '@registrar/contracts-courses';
import pMap from 'p-map';
import type { SeedTarget } from '../system/options.ts';
import { since } from '../terminal.ts';
import { mail, signIn, staff } from './accounts.ts';
import type { Registrar } from './accounts.ts';
import { demoCourses } from './catalogue.ts';
import { demoLecture, demoLinkedSections } from './bundle.ts';
import { demoApi } from './demo-client.ts';
import { demoDepartments } from './departments.ts';
import { hasStudents, loadStudents } from './load-students.ts';
import { demoSemesters } from './semesters.ts';
import { mainStudent } from './students.ts';

/** How many requests of the seed run at a time. */
const concurrency = 12;

async function putCatalogue(
  { gatewayUrl, coursesUrl }: SeedTarget,
  token: string,
  courses: (semesterId: string) => NewCourse[],
  teacherId: string,
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
  await loadBundle(coursesUrl, token, {
    semesterId: current.id,
    teacherId,
    releasesAt: current.body.enrollmentClosesAt,
  });
}

/** A lecture with its labs and recitations. Where these exist already, so does the lecture. */
async function loadBundle(
  coursesUrl: string,
  token: string,
  { semesterId, teacherId, releasesAt }: { semesterId: string; teacherId: string; releasesAt: string },
): Promise<void> {
  const service = demoApi(coursesUrl, [409]);
  const created = await pMap(
    demoLinkedSections(semesterId, teacherId),
    (body) => service.createCourse({ token, body }),
    { concurrency },
  );
  const ids = created.flatMap((answer) => (answer.ok ? [answer.body.id] : []));
  if (ids.length < created.length) return;
  await service.createCourse({ token, body: demoLecture(semesterId, teacherId, ids, releasesAt) });
}

/** The staff, and the courses that they teach. */
async function loadCatalogue(registrar: Registrar): Promise<void> {
  await staff(registrar, 'registrar', 'Robin Registrar');
  const instructorId = await staff(registrar, 'instructor', 'Iris Instructor');
  const instructors = await pMap(
    demoDepartments,
    ({ id, instructor }) => staff(registrar, 'instructor', instructor, `instructor.${id.toLowerCase()}`),
    { concurrency },
  );
  const instructorOf = (id: string) => instructors[demoDepartments.findIndex((each) => each.id === id)] ?? '';
  const { target, token } = registrar;
  await putCatalogue(
    target,
    token,
    (semesterId) => demoCourses(semesterId, instructorOf, instructorId),
    instructorId,
  );
}

/** The credits of a code of the demo catalogue. */
function creditsOf(code: string): number | undefined {
  const courses = demoCourses('', () => '', '');
  return courses.find((course) => course.code === code)?.credits;
}

/**
 * Loads the demo data over HTTP, as a client of the running system; `npm start` alone does so.
 *
 * May be run again: what exists stays as it is. The main student's account is made when the catalogue is there, and
 * its record is written last, so that they tell what was loaded before.
 */
export async function loadDemo(target: SeedTarget): Promise<void> {
  const { admin, terminal, gatewayUrl } = target;
  const student = await signIn(target, mail(mainStudent.who), admin.password);
  if (student !== undefined && (await hasStudents(gatewayUrl, student))) return;
  const token = await signIn(target, admin.email, admin.password);
  if (token === undefined) {
    terminal.warn('The demo data is not loaded: the accounts have another password than DEMO_PASSWORD says.');
    return;
  }
  const startedAtMs = performance.now();
  terminal.info('Loading the demo data ...');
  const registrar = { target, token };
  if (student === undefined) await loadCatalogue(registrar);
  await loadStudents(registrar, creditsOf);
  terminal.info(`The demo data is loaded ${since(startedAtMs)}`);
}
