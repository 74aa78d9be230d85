import type { Page } from 'playwright-core';

type Interaction = (page: Page) => Promise<unknown>;

/** A screen that is measured: where it is, when it is there, and what a reader does on it. */
export interface MeasuredScreen {
  readonly name: string;
  readonly path: string;
  /** Selector of what a reader came for. */
  readonly content: string;
  readonly interactions: Readonly<Record<string, Interaction>>;
}

const typing = 'biology';

const palette: Readonly<Record<string, Interaction>> = {
  'open the palette': async (page) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Go to' }).getByRole('searchbox').waitFor();
  },
  'type in the palette': async (page) => {
    await page.keyboard.type(typing);
    await page
      .getByRole('dialog')
      .getByRole('option', { name: /Biology/ })
      .first()
      .waitFor();
  },
  'close the palette': async (page) => {
    // The first one empties the box.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  },
};

const accountMenu: Readonly<Record<string, Interaction>> = {
  'open the account menu': async (page) => {
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitem', { name: 'Settings' }).waitFor();
  },
  'close the account menu': (page) => page.keyboard.press('Escape'),
};

/** The screens, and on each a fixed list of interactions. `coursePath` is one that the reader can enroll in. */
export function measuredScreens(coursePath: string): readonly MeasuredScreen[] {
  return [
    {
      name: 'Home',
      path: '/',
      content: 'main section section, main section + section',
      interactions: { ...palette, ...accountMenu },
    },
    {
      name: 'Find courses',
      path: '/courses',
      content: 'main article',
      interactions: {
        'type in the search': async (page) => {
          await page.getByRole('searchbox', { name: 'Search courses' }).click();
          await page.keyboard.type(typing);
          await page
            .getByRole('article', { name: /Biology/ })
            .first()
            .waitFor();
        },
        'toggle a facet': (page) => page.getByRole('checkbox', { name: 'Open seats only' }).click(),
        ...palette,
      },
    },
    {
      name: 'A course',
      path: coursePath,
      content: 'main section button, main section p',
      interactions: {
        enroll: async (page) => {
          await page.getByRole('button', { name: 'Enroll', exact: true }).click();
          await page.getByRole('status').getByText('Enrolled', { exact: true }).waitFor();
        },
        'ask to drop': (page) => page.getByRole('button', { name: 'Drop', exact: true }).click(),
        drop: async (page) => {
          await page.getByRole('dialog').getByRole('button', { name: 'Drop' }).click();
          await page.getByRole('button', { name: 'Enroll', exact: true }).waitFor();
        },
      },
    },
    {
      name: 'Timetable',
      path: '/timetable',
      content: 'main table',
      interactions: { ...palette, ...accountMenu },
    },
  ];
}
