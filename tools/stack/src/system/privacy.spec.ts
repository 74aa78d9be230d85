import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { retentions } from '@registrar/contracts-gateway';
import { describe, expect, it } from 'vitest';
import { workspaceRoot } from '../workspace.ts';
import { appNames } from './app-names.ts';
import { contractTopics } from './contract-topics.ts';

const text = readFileSync(join(workspaceRoot, 'docs', 'privacy.md'), 'utf8');

/** The rows of the table under a heading, cell by cell. */
function rowsUnder(heading: string): string[][] {
  const [, section = ''] = text.split(new RegExp(`^#+ ${heading}$`, 'm'));
  const [own = ''] = section.split(/^#/m);
  const lines = own.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const quoted = (name: string) => `\`${name}\``;
const firstOf = (heading: string) => rowsUnder(heading).map(([first]) => first);

const tablesOf = (app: string): string[] => {
  const file = join(workspaceRoot, 'apps', app, 'tables.json');
  if (!existsSync(file)) return [];
  const { tables } = JSON.parse(readFileSync(file, 'utf8')) as { tables: { name: string }[] };
  return tables.map(({ name }) => name);
};

const daysOf = (name: string) => retentions.find((each) => each.name === name)?.days;

describe('the document of what is kept', () => {
  it('says the retentions that the source says', () => {
    expect(rowsUnder('Retention')).toEqual(
      retentions.map(({ name, service, days, setting, covers }) => [
        quoted(name),
        service,
        days === null ? 'no fixed time' : String(days),
        setting === undefined ? '' : quoted(setting),
        covers,
      ]),
    );
  });

  it.each(appNames)('names every table of %s', (app) => {
    const heading = app.charAt(0).toUpperCase() + app.slice(1);
    expect(firstOf(heading)).toEqual(expect.arrayContaining(tablesOf(app).map(quoted)));
  });

  it('names every topic, and which of them are personal', () => {
    const rows = rowsUnder('Topics');
    expect(rows.map(([name]) => name)).toEqual(
      expect.arrayContaining(contractTopics.map(({ name }) => quoted(name))),
    );
    const personal = rows.filter(([, , , isPersonal]) => isPersonal === 'yes').map(([name]) => name);
    expect(personal).toEqual(
      contractTopics.filter((topic) => topic.personal).map(({ name }) => quoted(name)),
    );
  });
});

describe('the retentions', () => {
  it('of topics are those of their definitions', async () => {
    const { deadLetterRetentionMs } = await import('@registrar/messaging');
    expect(daysOf('dead-letters')).toBe(deadLetterRetentionMs / 86_400_000);
    const days = (topic: string) => {
      const retention = contractTopics.find(({ name }) => name === topic)?.retention;
      return typeof retention === 'number' ? retention / 86_400_000 : null;
    };
    expect(days('gateway.user.v1')).toBe(daysOf('user-events'));
    for (const topic of ['enrollments.enrollment.v1', 'courses.course.v1', 'courses.semester.v1'])
      expect(days(topic)).toBe(daysOf('record-events'));
    for (const topic of [
      'enrollments.hold.v1',
      'enrollments.permit.v1',
      'gateway.export.v1',
      'registrar.audit.v1',
    ])
      expect(days(topic)).toBe(daysOf('message-events'));
    for (const topic of ['gateway.session.v1', 'gateway.password-reset.v1', 'gateway.account-mail.v1'])
      expect(days(topic)).toBe(daysOf('sign-in-events'));
  });

  it('have a name each, and a setting at most once', () => {
    const settings = retentions.flatMap(({ setting }) => setting ?? []);
    expect(new Set(retentions.map(({ name }) => name)).size).toBe(retentions.length);
    expect(new Set(settings).size).toBe(settings.length);
  });
});
