import { lazy } from 'react';
import type { ComponentType } from 'react';
import type { ScreenName } from './paths.ts';
import { paths } from './paths.ts';
import { withMessages } from './preferences.ts';
import { loadSignIn } from './sign-in-dialog.tsx';

interface ScreenEntry {
  readonly component: ComponentType;
  /** `own` screens need a session: without one, signing in comes first. */
  readonly reader: 'anyone' | 'own';
  /** Loads its code. */
  readonly load: () => Promise<{ readonly default: ComponentType }>;
}

function screen(reader: ScreenEntry['reader'], load: ScreenEntry['load']): ScreenEntry {
  return { reader, load, component: lazy(load) };
}

/** Every screen, loaded when it is first shown. */
export const screens: Readonly<Record<ScreenName, ScreenEntry>> = {
  home: screen('anyone', () => import('../home/home.tsx')),
  courses: screen('anyone', () => import('../catalogue/find-courses.tsx')),
  course: screen('anyone', () => import('../catalogue/course.tsx')),
  timetable: screen('own', () => import('../timetable/timetable.tsx')),
  plan: screen('own', () => import('../plan/plan.tsx')),
  register: screen('own', () => import('../cart/register.tsx')),
  enrollments: screen('own', () => import('../registration/my-courses.tsx')),
  waitlists: screen('own', () => import('../waitlists/waitlists.tsx')),
  notifications: screen('own', () => import('../inbox/notifications.tsx')),
  account: screen('own', () => withMessages('account', () => import('../account/account.tsx'))),
  signIn: screen('anyone', () => withMessages('account', () => import('../account/sign-in.tsx'))),
  signUp: screen('anyone', () => withMessages('account', () => import('../account/sign-up.tsx'))),
  resetPassword: screen('anyone', () =>
    withMessages('account', () => import('../account/reset-password.tsx')),
  ),
  confirmEmail: screen('anyone', () => withMessages('account', () => import('../account/confirm-email.tsx'))),
};

/** Loads the code of the screen at that path, while language and session are still on their way. */
export async function loadScreenAt(path: string): Promise<void> {
  const names = Object.keys(paths) as ScreenName[];
  const name = names.find((one) => new RegExp(`^${paths[one].replace(/:\w+/, '[^/]+')}$`).test(path));
  if (name !== undefined) await screens[name].load();
}

/** Loads the code of every screen that `own` data is shown on, so that it is there without a connection. */
export async function loadOwnScreens(): Promise<void> {
  for (const { reader, load } of Object.values(screens)) {
    if (reader !== 'own') continue;
    await untilIdle();
    await load();
  }
  await loadSignIn();
}

/** The screen that is looked at comes first. */
function untilIdle(): Promise<unknown> {
  return new Promise((resolve) =>
    'requestIdleCallback' in globalThis ? requestIdleCallback(resolve) : setTimeout(resolve, 1_000),
  );
}
