import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { courseRoutes } from '@registrar/contracts-courses';
import { gatewayRoutes } from '@registrar/contracts-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCodes } from '../faults.ts';
import { StubSystem } from '../testing/stub-system.ts';

let system: StubSystem;
let folder: string;

beforeAll(async () => {
  system = await StubSystem.start();
  folder = await mkdtemp(join(tmpdir(), 'registrar-tickets-'));
});
afterAll(async () => {
  system.stop();
  await rm(folder, { recursive: true });
});

const campus = { ...gatewayRoutes.campus.answers[200].example, timeZone: 'America/New_York' };
const semester = {
  ...courseRoutes.getSemester.answers[200].example,
  id: 'fall',
  name: 'Fall 2027',
  enrollmentOpensAt: '2027-04-05T12:00:00.000Z',
  version: 3,
};
const seniors = { name: 'Seniors', match: { levels: ['senior'] }, opensAt: '2027-04-01T08:00:00-04:00' };
const others = {
  name: 'CS and MATH',
  match: { programs: ['CS', 'MATH'], groups: ['honors'], minCredits: 60 },
  opensAt: '2027-04-02T12:00:00Z',
};

/** As the server keeps and gives times. */
const inUtc = <T extends { opensAt: string }>(ticket: T): T => {
  return { ...ticket, opensAt: new Date(ticket.opensAt).toISOString() };
};

/** A server that has one semester, and the bodies that were put. */
function serve(conflicts = 0): { put: () => Record<string, unknown>[] } {
  const bodies: Record<string, unknown>[] = [];
  let version = 3;
  system.answers(({ method, path, headers, body }) => {
    if (path === '/api/campus') return { json: campus };
    const stored = () => {
      const tickets = (bodies.at(-1)?.['tickets'] ?? []) as (typeof seniors)[];
      return { ...semester, ...bodies.at(-1), tickets: tickets.map(inUtc) };
    };
    if (method === 'GET') return { headers: { etag: `"${version}.x"` }, json: stored() };
    if (conflicts-- > 0) {
      version += 1;
      return { status: 412, json: { code: 'version_conflict', detail: 'Changed meanwhile.' } };
    }
    if (headers['if-match'] !== `"${version}.x"`) return { status: 500, text: '' };
    bodies.push(JSON.parse(body) as Record<string, unknown>);
    return { json: stored() };
  });
  return { put: () => bodies };
}

async function fileOf(content: string, name: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

const csv =
  'Name;OpensAt;levels;programs;groups;minCredits\n' +
  'CS and MATH;2027-04-02T12:00:00Z;;CS | MATH;honors;60\n' +
  'Seniors;2027-04-01T08:00:00-04:00;senior;;;\n';

const words =
  'Fall 2027 (fall) has 2 tickets. Enrollment opens for everybody else, Apr 5, 2027, 8:00 AM EDT.\n' +
  'Seniors      Apr 1, 2027, 8:00 AM EDT  levels senior\n' +
  'CS and MATH  Apr 2, 2027, 8:00 AM EDT  programs CS, MATH; groups honors; at least 60 credits\n';

describe('the tickets of a semester', () => {
  it.each([
    ['CSV', 'tickets.csv', csv],
    ['JSON', 'tickets.json', JSON.stringify([others, seniors])],
  ])('are replaced by those of a file of %s, and nothing else is', async (_, name, content) => {
    const server = serve();
    const ran = await system.runCommand(['semester', 'tickets', 'fall', await fileOf(content, name)]);
    expect(ran).toMatchObject({ code: exitCodes.done, out: words });
    const { id: _id, version: _version, updatedAt: _updatedAt, ...fields } = semester;
    const [body] = server.put();
    expect(body).toMatchObject({ tickets: [others, seniors] });
    for (const key of Object.keys(body ?? {}).filter((each) => each !== 'tickets'))
      expect(body?.[key]).toEqual((fields as Record<string, unknown>)[key]);
  });

  it('are decided again where others were quicker', async () => {
    const server = serve(2);
    await system.runCommand(['semester', 'tickets', 'fall', await fileOf(csv, 'tickets.csv'), '--json']);
    expect(server.put()).toHaveLength(1);
  });

  it('are shown without a file, and taken away by --clear', async () => {
    const server = serve();
    await system.runCommand(['semester', 'tickets', 'fall', await fileOf(csv, 'tickets.csv')]);
    expect((await system.runCommand(['semester', 'tickets', 'fall'])).out).toBe(words);
    const { out: json } = await system.runCommand(['semester', 'tickets', 'fall', '--json']);
    expect(JSON.parse(json)).toEqual({ semesterId: 'fall', tickets: [inUtc(seniors), inUtc(others)] });
    const cleared = await system.runCommand(['semester', 'tickets', 'fall', '--clear']);
    expect(cleared.out).toBe(
      'Fall 2027 (fall) has no tickets. Enrollment opens for everybody, Apr 5, 2027, 8:00 AM EDT.\n',
    );
    expect(server.put().at(-1)).toMatchObject({ tickets: [] });
  });

  it.each([
    ['a.csv', 'name,levels\nSeniors,senior\n', 'The column opensAt is missing'],
    [
      'b.csv',
      'name,opensAt,levels\nSeniors,2027-04-01 08:00,senior\n',
      'line 2: opensAt: Give a time with its offset',
    ],
    ['c.csv', 'name,opensAt,levels\n\nAll,2027-04-01T08:00:00Z,\n', 'line 3: match: Name at least one of'],
    ['d.csv', 'name,opensAt,minCredits\nA,2027-04-01T08:00:00Z,many\n', 'line 2: minCredits: '],
    ['e.csv', 'name,opensAt,levels\n"A,2027-04-01T08:00:00Z,x\n', 'line 2: The quotes'],
    ['f.csv', 'name,opensAt,levels\n', 'has no tickets. To take all away, say --clear.'],
    ['g.json', '[{"name":"A"', 'is no JSON'],
    ['h.json', '{"tickets":[]}', 'file: '],
    ['i.json', '[{"name":"A","match":{},"opensAt":"2027-04-01T08:00:00Z"}]', '0.match: Name at least one of'],
  ])('are not taken from %s: %j', async (name, content, text) => {
    serve();
    const file = await fileOf(content, name);
    const ran = await system.runCommand(['semester', 'tickets', 'fall', file]);
    expect(ran).toMatchObject({ code: exitCodes.usage, err: expect.stringContaining(text) as string });
    expect(system.seen).toEqual([]);
    const both = await system.runCommand(['semester', 'tickets', 'fall', file, '--clear']);
    expect(both.code).toBe(exitCodes.usage);
  });
});
