import type { Course } from '@registrar/contracts-courses';
import { describe, expect, it } from 'vitest';
import { clash, coursesThatFit } from './week.rules.ts';

function course(departmentId: string, start: string, end: string, prerequisites: string[] = []): Course {
  return { departmentId, meetings: [{ day: 'mon', start, end, room: '' }], prerequisites } as never;
}

describe('the week of the demo', () => {
  it('knows which courses meet at the same time', () => {
    const early = course('ART', '09:00', '10:00');
    expect(clash(early, course('BIO', '09:59', '11:00'))).toBe(true);
    expect(clash(early, course('BIO', '10:00', '11:00'))).toBe(false);
  });

  it('takes courses without requirements that meet apart, one of each department', () => {
    const [art, chem] = [course('ART', '09:00', '10:00'), course('CHEM', '13:00', '14:00')];
    const offered = [
      art,
      course('ART', '11:00', '12:00'),
      course('BIO', '09:30', '10:30'),
      course('CS', '11:00', '12:00', ['CS-101']),
      chem,
      course('MUS', '15:00', '16:00'),
    ];
    expect(coursesThatFit(offered, 2)).toEqual([art, chem]);
    expect(coursesThatFit(offered, 1, [art])).toEqual([chem]);
  });
});
