import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import type { System } from '@registrar/stack';
import { describe, expect, it } from 'vitest';
import { Client, expectStatus, password } from '../support/client.ts';
import { Fixture } from '../support/fixture.ts';
import { activate, tabTo, type } from './keyboard.ts';
import { Visitor } from './visitor.ts';

/** Messages of the portal that are written otherwise in German, as a page shows them. */
async function englishWords(): Promise<ReadonlySet<string>> {
  const folder = join(import.meta.dirname, '../../../portal/src/locales/de');
  const files = ['messages.po', 'account.po'].map((name) => readFile(join(folder, name), 'utf8'));
  const text = (await Promise.all(files)).join('\n');
  const pairs = text.matchAll(/^msgid "(.+)"\nmsgstr "(.+)"$/gm);
  const words = [...pairs].flatMap(([, english = '', german = '']) => (english === german ? [] : [english]));
  return new Set(words.filter((word) => !/[{<]/.test(word)));
}

/** A page on which every step is made by keyboard, and looked at for English words and codes. */
class GermanPage {
  constructor(
    private readonly page: Page,
    private readonly english: ReadonlySet<string>,
  ) {}

  button = (name: string | RegExp): Locator => this.page.getByRole('button', { name, exact: true });
  link = (name: string | RegExp): Locator => this.page.getByRole('link', { name, exact: true }).first();
  field = (name: string): Locator => this.page.getByLabel(name, { exact: true });

  /** Presses a button or follows a link. */
  activate = (target: Locator): Promise<void> => activate(this.page, target);
  type = (field: string, text: string): Promise<void> => type(this.page, this.field(field), text);

  /** Goes to a screen by the menu of a small window. */
  async goTo(place: string): Promise<void> {
    await this.activate(this.button('Menü'));
    await this.activate(this.link(new RegExp(`^${place}`)));
    await this.page.getByRole('heading', { level: 1, name: place }).waitFor();
  }

  /** Waits for a text, and reads the whole page. */
  async reads(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
    const shown = await this.page.locator('body').innerText();
    const lines = shown.split('\n').map((line) => line.trim());
    expect(lines.filter((line) => this.english.has(line))).toEqual([]);
    expect(shown).not.toMatch(/\b[a-z]+_[a-z]+\b/);
    const width = await this.page.locator('html').evaluate((html) => html.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
  }
}

/** The whole way of a student on a phone-sized window, by keyboard alone, in German. */
export function describePortalJourney(running: () => { system: System; browser: Browser }): void {
  describe('a new student with a small window, a keyboard and German', () => {
    it('finds a course, sees why one does not fit, enrolls, waits, is promoted, and gives a seat up', async () => {
      const { system, browser } = running();
      const fixture = await Fixture.open(system);
      const at = (start: string, end: string) => ({
        meetings: [{ day: 'mon', start, end, room: 'R1' } as const],
      });
      const first = await fixture.course({ title: 'Weaving', ...at('10:00', '11:00') });
      const clashing = await fixture.course({ title: 'Bookbinding', ...at('10:30', '12:00') });
      const full = await fixture.course({ title: 'Glassblowing', capacity: 1, waitlistCapacity: 5 });
      const holder = await Client.newStudent(system.gatewayUrl);
      const held = expectStatus(await holder.enroll({ courseId: full.id }), 201);

      const view = { viewport: { width: 360, height: 740 }, locale: 'de-DE' };
      const visitor = await Visitor.open(browser, system.gatewayUrl, view);
      try {
        const page = await visitor.page('/');
        const german = new GermanPage(page, await englishWords());
        const openCourse = async (title: string) => {
          await german.goTo('Kurse finden');
          await german.type('Kurse suchen', title);
          await german.activate(german.link(new RegExp(`${title}$`)));
          await page.getByRole('heading', { level: 1, name: title }).waitFor();
        };

        await german.activate(german.link('Konto anlegen'));
        await german.type('Name', 'Student of the test');
        await german.type('E-Mail', `${randomUUID()}@students.registrar.example`);
        await german.type('Passwort', password);
        await page.keyboard.press('Enter');
        await german.reads(/Die Kurse beginnen am/);

        await openCourse('Weaving');
        await german.activate(german.button('Einschreiben'));
        await german.reads('Eingeschrieben');

        await openCourse('Bookbinding');
        await german.reads(new RegExp(`${clashing.code} findet .* statt; dann sind Sie in ${first.code}`));
        await german.activate(german.button(`Mit ${first.code} tauschen`));
        await german.reads('Aus dem anderen Kurs sind Sie ausgetragen.');

        await openCourse('Glassblowing');
        await german.activate(german.button('Auf die Warteliste'));
        await german.reads('Auf der Warteliste, Position 1');
        await german.goTo('Wartelisten');
        await german.reads('Position 1');

        expectStatus(await holder.api.drop({ params: { id: held.id } }), 200);
        await page.getByRole('alert').filter({ hasText: full.code }).waitFor();
        await german.goTo('Mitteilungen');
        await german.reads(/Ein Platz in .*Glassblowing.* wurde frei, und er gehört Ihnen\./);

        await german.goTo('Stundenplan');
        await german.reads(clashing.code);
        await german.goTo('Meine Kurse');
        await german.activate(german.button(`Aus ${full.code} austragen`));
        await german.reads(/Ihr Platz geht sofort an die Warteliste/);
        await tabTo(page, page.getByRole('dialog').getByRole('button', { name: 'Austragen', exact: true }));
        await page.keyboard.press('Enter');
        await german.button(`Aus ${full.code} austragen`).waitFor({ state: 'detached' });
        await german.reads(clashing.code);
      } finally {
        await visitor.close();
      }
    });
  });
}
