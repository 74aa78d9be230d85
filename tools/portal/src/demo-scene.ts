import type { Course } from '@registrar/contracts-courses';
import type { Actor, Demo } from './demo.ts';
import { PortalFault } from './running-portal.ts';
import { clash, coursesThatFit } from './week.rules.ts';

/** What the pictures show. */
export interface DemoScene {
  readonly student: Actor;
  /** Held by the student; dropped in a picture. */
  readonly dropped: Course;
  /** Meets at the same time as a course that the student holds, and needs another one first. */
  readonly refused: Course;
}

const others = ['queue-1', 'queue-2', 'queue-3'];
const heldCount = 4;
const waitedCount = 2;
const plannedCount = 2;

/**
 * Fills the demo student's semester: courses that they hold, and full ones that they wait for behind somebody else;
 * plans two more that fit, and one that does not. Two courses get one seat each for that. May be run again.
 */
export async function setScene(demo: Demo): Promise<DemoScene> {
  const [student, registrar] = [await demo.signIn('student'), await demo.signIn('registrar')];
  const courses = await demo.courses();
  const held = coursesThatFit(courses, heldCount);
  const waited = coursesThatFit(courses.toReversed(), waitedCount, held);
  for (const course of held) await demo.enroll(student, course);
  for (const course of waited) await fill(demo, registrar, course);
  for (const course of waited) await demo.enroll(student, course, true);
  const [dropped, ...kept] = held;
  const refused = courses.find(
    (course) => course.prerequisites.length > 0 && kept.some((one) => clash(one, course)),
  );
  if (dropped === undefined || refused === undefined) throw new PortalFault('The demo data lacks courses.');
  const free = courses.filter(({ id }) => ![...held, ...waited].some((course) => course.id === id));
  await demo.plan(student, [...coursesThatFit(free, plannedCount, [...held, ...waited]), refused]);
  return { student, dropped, refused };
}

/** One takes the only seat, the others wait. */
async function fill(demo: Demo, registrar: Actor, course: Course): Promise<void> {
  await demo.resize(registrar, course, 1);
  for (const who of others) await demo.enroll(await demo.account(who, `Student ${who}`), course, true);
}
