/**
 * The path of every screen; `:name` is a parameter.
 *
 * The server learns this list from the build (`portal.json`) and serves the portal at these paths only.
 */
export const paths = {
  home: '/',
  courses: '/courses',
  course: '/courses/:id',
  timetable: '/timetable',
  plan: '/plan',
  register: '/register',
  enrollments: '/enrollments',
  waitlists: '/waitlists',
  notifications: '/notifications',
  account: '/account',
  signIn: '/sign-in',
  signUp: '/register-account',
  resetPassword: '/reset-password',
  confirmEmail: '/confirm-email',
} as const;

/** A screen. */
export type ScreenName = keyof typeof paths;

/** Holds on the own account. */
export const pathOfOwnHolds = `${paths.account}#holds`;

/** An export of the own data. */
export function pathOfExport(id: string): string {
  return `${paths.account}#export=${encodeURIComponent(id)}`;
}

/** The page of a course. */
export function pathOfCourse(id: string): string {
  return `/courses/${encodeURIComponent(id)}`;
}

/** A screen of one's own, for that semester. */
export function pathOfSemester(path: string, semesterId: string): string {
  return `${path}?semesterId=${encodeURIComponent(semesterId)}`;
}

/** Find courses, for these words. */
export function pathOfSearch(words: string): string {
  return `${paths.courses}?q=${encodeURIComponent(words)}`;
}
