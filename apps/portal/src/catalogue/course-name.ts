import type { Course } from '@registrar/contracts-courses';

/** "CS 101 1: Programming": code, section and title of a course, as links and headings name it. */
export function courseName({ code, section, title }: Pick<Course, 'code' | 'section' | 'title'>): string {
  return `${code} ${section}: ${title}`;
}
