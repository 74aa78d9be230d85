import { lazy } from 'react';
import type { ComponentType } from 'react';
import type { ScreenName } from './paths.ts';

interface ScreenEntry {
  readonly component: ComponentType;
  /** `own` screens need a session: without one, signing in comes first. */
  readonly reader: 'anyone' | 'own';
}

/** Every screen, loaded when it is first shown. */
export const screens: Readonly<Record<ScreenName, ScreenEntry>> = {
  home: { reader: 'anyone', component: lazy(() => import('../home/home.tsx')) },
  courses: { reader: 'anyone', component: lazy(() => import('../catalogue/find-courses.tsx')) },
  course: { reader: 'anyone', component: lazy(() => import('../catalogue/course.tsx')) },
  timetable: { reader: 'own', component: lazy(() => import('../timetable/timetable.tsx')) },
  enrollments: { reader: 'own', component: lazy(() => import('../registration/my-courses.tsx')) },
  waitlists: { reader: 'own', component: lazy(() => import('../waitlists/waitlists.tsx')) },
  notifications: { reader: 'own', component: lazy(() => import('../inbox/notifications.tsx')) },
  account: { reader: 'own', component: lazy(() => import('../account/account.tsx')) },
  signIn: { reader: 'anyone', component: lazy(() => import('../account/sign-in.tsx')) },
  signUp: { reader: 'anyone', component: lazy(() => import('../account/sign-up.tsx')) },
  resetPassword: { reader: 'anyone', component: lazy(() => import('../account/reset-password.tsx')) },
};
