import type { NewCourse } from '@registrar/contracts-courses';

/** What the sections of the demo's lecture share. */
const shared = { departmentId: 'PHYS', code: 'PHYS-110', title: 'Physics for Engineers' } as const;

const meeting = (day: 'mon' | 'tue' | 'wed' | 'thu' | 'fri', start: string, end: string, room: string) => ({
  day,
  start,
  end,
  room: `Linden Hall ${room}`,
});

/** Labs and recitations of the demo's lecture: one of each is taken with it. */
export function demoLinkedSections(semesterId: string, instructorId: string): NewCourse[] {
  const section = (rest: Pick<NewCourse, 'section' | 'component' | 'meetings' | 'capacity'>): NewCourse => ({
    semesterId,
    ...shared,
    credits: 0,
    waitlistCapacity: 5,
    instructorIds: [instructorId],
    ...rest,
  });
  const lab = (name: string, day: 'tue' | 'thu' | 'fri', start: string, end: string) =>
    section({ section: name, component: 'lab', capacity: 16, meetings: [meeting(day, start, end, 'B 12')] });
  return [
    lab('L1', 'tue', '14:00', '16:50'),
    lab('L2', 'thu', '14:00', '16:50'),
    lab('L3', 'fri', '09:00', '11:50'),
    ...(['mon', 'wed'] as const).map((day, at) =>
      section({
        section: `R${at + 1}`,
        component: 'recitation',
        capacity: 24,
        meetings: [meeting(day, '16:00', '16:50', '204')],
      }),
    ),
  ];
}

/** The lecture, once those exist. @param ids of the linked sections, in their order */
export function demoLecture(
  semesterId: string,
  instructorId: string,
  ids: readonly string[],
  releasesAt: string,
): NewCourse {
  return {
    semesterId,
    ...shared,
    section: '1',
    description: 'Mechanics, waves and heat, with a lab and a recitation. One of each is taken together.',
    credits: 4,
    capacity: 48,
    waitlistCapacity: 10,
    instructorIds: [instructorId],
    meetings: [meeting('mon', '12:00', '12:50', '101'), meeting('wed', '12:00', '12:50', '101')],
    reservations: [{ name: 'Computer Science', seats: 20, match: { programs: ['CS'] }, releasesAt }],
    linked: [
      { component: 'lab', courseIds: ids.slice(0, 3) },
      { component: 'recitation', courseIds: ids.slice(3) },
    ],
  };
}
