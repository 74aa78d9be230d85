import { randomUUID } from 'node:crypto';
import type { Session } from '@registrar/contracts-gateway';
import { bodyOf } from '@registrar/contracts-http';
import type { System } from '@registrar/stack';
import fc from 'fast-check';
import { getGlobalDispatcher } from 'undici';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiDocument } from './support/api-document.ts';
import type { DocumentedOperation } from './support/api-document.ts';
import { Client, expectStatus } from './support/client.ts';
import { Fixture } from './support/fixture.ts';

/** What the examples of the document name. */
const named = {
  course: 'crs_ixnwe5md5ibxebc7g33w',
  enrollment: 'enr_ixnwe5md5ibxebc7g33w_fjqhaiowmpe2jfz56jbl',
  notification: 'ntf_ixnwe5md5ibxebc7g33w',
  completion: 'cmp_ixnwe5md5ibxebc7g33w',
  hold: 'hld_ixnwe5md5ibxebc7g33w',
  permit: 'pmt_ixnwe5md5ibxebc7g33w',
  permitRequest: 'prq_ixnwe5md5ibxebc7g33w',
  otherSection: 'crs_ixnwe5md5ibxebc7g33x',
  user: 'usr_fjqhaiowmpe2jfz56jbl',
  email: 'student@registrar.example',
  newEmail: 'new.student@registrar.example',
  password: 'registrar-demo-2026',
  client: 'client_m4xqk2ui7rbvz3wpte5a',
  clientSecretId: 'sec_vd7qkzp2h3xnw5ytb6ea',
  clientSecret: /rcs_a{43}/,
  refreshToken: /ses_[\w.-]+/,
  erasure: /era_[a-z2-7]{20}/,
  export: /exp_[a-z2-7]{20}/,
} as const;

let system: System;
let fixture: Fixture;
let api: ApiDocument;
let admin: Session;

interface Sent {
  method: string;
  path: string;
  token?: string | undefined;
  headers?: Record<string, string>;
  body?: string | undefined;
}

interface Got {
  status: number;
  type: string;
  text: string;
}

/** One request; of a stream only the head is awaited. */
async function send({ method, path, token, headers = {}, body }: Sent): Promise<Got> {
  // As it is: a URL would be tidied up on the way.
  const answer = await getGlobalDispatcher().request({
    origin: system.gatewayUrl,
    path,
    method: method as 'GET',
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
    body: body ?? null,
  });
  const type = String(answer.headers['content-type'] ?? '');
  if (type.startsWith('text/event-stream')) {
    answer.body.destroy();
    return { status: answer.statusCode, type, text: '' };
  }
  return { status: answer.statusCode, type, text: await answer.body.text() };
}

/** Operations on an enrollment, or on what came of one. */
const namesPlaces = ['getEnrollment', 'getEnrollmentHistory', 'drop', 'complete', 'swap', 'readNotification'];

/** Operations on an API client, or by one. */
const namesClients = [
  'getClient',
  'changeClient',
  'deleteClient',
  'createClientSecret',
  'deleteClientSecret',
  'issueToken',
];

/** An API client with a secret, as what the examples name. */
async function clientScene(): Promise<[string | RegExp, string][]> {
  const { api } = Client.anonymous(system.gatewayUrl);
  const token = admin.accessToken;
  const body = { name: 'Client of the document', scopes: ['enrollments.read' as const] };
  const client = expectStatus(await api.createClient({ token, body }), 201);
  const made = await api.createClientSecret({ token, params: { id: client.id } });
  const secret = expectStatus(made, 201);
  return [
    [named.client, client.id],
    [named.clientSecretId, secret.id],
    [named.clientSecret, secret.secret],
  ];
}

/** Examples that are refused: a token that came by mail or in a cookie cannot stand in a document, and no provider of the campus is here. */
const refusedExamples: Readonly<Record<string, number>> = {
  confirmEmail: 400,
  confirmPasswordReset: 400,
  webRefresh: 401,
  startCampusSignIn: 404,
  endCampusSignIn: 404,
  endCampusSessions: 404,
  linkIdentity: 404,
  unlinkIdentity: 404,
};

/** Reads of what has to be made first. */
const namesMade = ['getErasure', 'getOwnExport'];

/** A student, two courses and what came of them: what the examples name, for real. */
async function scene({ operationId }: Pick<DocumentedOperation, 'operationId'>) {
  const email = `${randomUUID()}@students.registrar.example`;
  const { api } = Client.anonymous(system.gatewayUrl);
  const body = { email, password: named.password, name: 'Student of the document' };
  const session = expectStatus(await api.register({ body }), 201);
  if (!session) throw new Error('The stack of the tests has emails confirmed first.');
  const [course, other] = await Promise.all([fixture.course(), fixture.course()]);
  const replacements: [string | RegExp, string][] = [
    [named.course, operationId === 'swap' ? other.id : course.id],
    [named.newEmail, `${randomUUID()}@students.registrar.example`],
    [named.email, email],
    [named.user, session.user.id],
    [
      named.refreshToken,
      operationId === 'endSession' ? session.refreshToken.replace(/\..*/, '') : session.refreshToken,
    ],
    ['2026-fall', fixture.semesterId],
    // The examples' semester is over one day; that of the system goes on.
    [/2026-12-/g, `${new Date().getFullYear() + 1}-12-`],
    ['CS 101', `CS ${randomUUID().slice(0, 8)}`],
    [/\bCS\b(?! )/, fixture.departmentId],
  ];
  if (namesClients.includes(operationId)) replacements.unshift(...(await clientScene()));
  if (namesPlaces.includes(operationId)) {
    const ask = { token: session.accessToken, key: randomUUID(), body: { courseId: course.id } };
    replacements.unshift([named.enrollment, expectStatus(await api.enroll(ask), 201).id]);
  }
  const ofStudent = { token: admin.accessToken, key: randomUUID() };
  if (operationId === 'removeCompletion') {
    const completion = { code: 'T 1', credits: 3, completedOn: '2026-05-15' };
    const ask = { ...ofStudent, params: { userId: session.user.id }, body: completion };
    replacements.unshift([named.completion, expectStatus(await api.noteCompletion(ask), 201).id]);
  }
  if (operationId === 'releaseHold') {
    const hold = { userId: session.user.id, office: 'Library', reason: 'A book is late.' };
    replacements.unshift([
      named.hold,
      expectStatus(await api.placeHold({ ...ofStudent, body: hold }), 201).id,
    ]);
  }
  const ofCourse = { key: randomUUID(), params: { id: course.id } };
  if (operationId === 'revokePermit') {
    const body = { userId: session.user.id, allows: ['restricted' as const] };
    const granted = await api.grantPermit({ ...ofCourse, token: admin.accessToken, body });
    replacements.unshift([named.permit, expectStatus(granted, 201).id]);
  }
  if (operationId === 'declinePermitRequest') {
    const asked = { ...ofCourse, token: session.accessToken, body: { reason: 'I would like to.' } };
    replacements.unshift([named.permitRequest, expectStatus(await api.requestPermit(asked), 201).id]);
  }
  if (operationId === 'getErasure') {
    const ask = { token: admin.accessToken, params: { id: session.user.id } };
    replacements.unshift([named.erasure, expectStatus(await api.eraseUser(ask), 202).id]);
  }
  if (operationId === 'getOwnExport') {
    const ask = { token: session.accessToken, key: randomUUID() };
    replacements.unshift([named.export, expectStatus(await api.exportOwnData(ask), 202).id]);
  }
  if (operationId === 'transferStudents') {
    const section = await fixture.course({ code: course.code, section: '2' });
    replacements.unshift([named.otherSection, section.id]);
  }
  if (operationId === 'readNotification') {
    await vi.waitFor(async () => {
      const [first] = bodyOf(await api.listNotifications({ token: session.accessToken })).items;
      replacements.unshift([named.notification, first?.id ?? expect.fail('no notification yet')]);
    }, 10_000);
  }
  const real = (text: string) => replacements.reduce((words, [from, to]) => words.replace(from, to), text);
  return { session, real };
}

/** The request that the document gives as its example. */
function example(operation: DocumentedOperation, real: (text: string) => string): Omit<Sent, 'token'> {
  const headers: Record<string, string> = {};
  let { path } = operation;
  const query: Record<string, string> = {};
  for (const parameter of operation.parameters) {
    if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, real(parameter.example ?? ''));
    // A request may need the key for all but a dry run.
    const isKey = parameter.name === 'Idempotency-Key';
    if (parameter.in === 'header' && (parameter.required || isKey))
      headers[parameter.name] = parameter.example ?? randomUUID();
    if (parameter.in === 'query' && parameter.required) query[parameter.name] = real(parameter.example ?? '');
  }
  path += queryOf(query);
  const [type, media] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  if (type === undefined || !media) return { method: operation.method, path, headers };
  const text = textOf(type, media.example);
  return { method: operation.method, path, headers: { ...headers, 'content-type': type }, body: real(text) };
}

function textOf(type: string, example: unknown): string {
  if (typeof example === 'string') return example;
  const isForm = type === 'application/x-www-form-urlencoded';
  return isForm ? new URLSearchParams(example as Record<string, string>).toString() : JSON.stringify(example);
}

const forStaff = ({ description }: DocumentedOperation) =>
  /^(Needs the role|For registrars)/.test(description);

const word = fc.oneof(
  fc.string({ minLength: 1, maxLength: 60 }),
  fc.constantFrom(
    '..',
    '.',
    '%',
    '__proto__',
    'null',
    '-1',
    '1e9',
    "' or 1=1",
    '\u0000',
    '\ud83c\udf93',
    '{{7*7}}',
    '🎓',
  ),
);
const printable = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  maxLength: 300,
});

/** The example with one of its fields changed, left out or added, or something else altogether. */
function bodies(example: unknown): fc.Arbitrary<string> {
  const fields = typeof example === 'object' && example !== null ? Object.keys(example) : [];
  const changed = fc
    .tuple(
      fc.constantFrom('', ...fields, 'unknown', '__proto__'),
      fc.jsonValue({ maxDepth: 3 }),
      fc.boolean(),
    )
    .map(([field, value, leaveOut]) => {
      const copy = Object.entries(typeof example === 'object' ? { ...example } : {}).filter(
        ([name]) => name !== field,
      );
      const entries = leaveOut ? copy : [...copy, [field, value]];
      return `{${entries.map(([name, content]) => `${JSON.stringify(name)}:${JSON.stringify(content)}`).join(',')}}`;
    });
  return fc.oneof(
    { weight: 4, arbitrary: changed },
    fc.jsonValue().map((value) => JSON.stringify(value)),
    word,
  );
}

function requests(operation: DocumentedOperation, tokens: (string | undefined)[]): fc.Arbitrary<Sent> {
  const [type, media] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const inPath = operation.parameters.filter((parameter) => parameter.in === 'path');
  const names = operation.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
  return fc
    .record({
      ids: fc.tuple(...inPath.map(() => word)),
      query: fc.dictionary(fc.constantFrom(...names, 'unknown'), word, { maxKeys: 2 }),
      key: fc.option(printable, { nil: undefined }),
      match: fc.option(printable, { nil: undefined }),
      body: media ? bodies(media.example) : fc.constant(undefined),
      contentType: fc.oneof(
        { weight: 9, arbitrary: fc.constant(type ?? 'application/json') },
        fc.constantFrom('text/plain', 'application/xml'),
      ),
      token: fc.constantFrom(...tokens),
    })
    .map(({ ids, query, key, match, body, contentType, token }) => ({
      method: operation.method,
      path: `${inPath.reduce((path, { name }, at) => path.replace(`{${name}}`, encodeURIComponent(String(ids[at]))), operation.path)}${queryOf(query)}`,
      token,
      headers: {
        ...(key === undefined || key === '' ? {} : { 'idempotency-key': key }),
        ...(match === undefined || match === '' ? {} : { 'if-match': match }),
        ...(body === undefined ? {} : { 'content-type': contentType }),
      },
      body,
    }));
}

function queryOf(query: Record<string, string>): string {
  return Object.keys(query).length === 0 ? '' : `?${new URLSearchParams(query).toString()}`;
}

/** Asks for more than one caller may, in a second. */
export function describeApiDocument(running: () => System): void {
  describe('the API document', () => {
    beforeAll(async () => {
      system = running();
      fixture = await Fixture.open(system);
      api = await ApiDocument.of(system.gatewayUrl);
      const { email, password } = system.admin;
      admin = expectStatus(
        await Client.anonymous(system.gatewayUrl).api.login({ body: { email, password } }),
        200,
      );
    });

    describe('every documented example', () => {
      it('is answered as documented', async () => {
        const faults: string[] = [];
        const ofReads = await scene({ operationId: 'any read' });
        for (const operation of api.operations) {
          const isOfOwn = [...namesPlaces, ...namesClients, ...namesMade].includes(operation.operationId);
          const ownScene = operation.method !== 'GET' || isOfOwn;
          const { session, real } = ownScene ? await scene(operation) : ofReads;
          const token = forStaff(operation) ? admin.accessToken : session.accessToken;
          const got = await send({
            ...example(operation, real),
            token: operation.isPublic ? undefined : token,
          });
          const found = api.faultsOf(operation, got.status, got.type, got.text);
          const refusal = refusedExamples[operation.operationId];
          if (refusal === undefined ? got.status >= 300 : got.status !== refusal)
            found.push(`answered ${got.status}: ${got.text}`);
          faults.push(...found.map((fault) => `${operation.operationId}: ${fault}`));
        }
        expect(faults).toEqual([]);
      });
    });

    describe('every documented operation', () => {
      it('refuses parameters that it does not know', async () => {
        const faults: string[] = [];
        // What a provider adds to its answer is ignored, as RFC 6749 says.
        const strict = api.operations.filter(({ operationId }) => operationId !== 'endCampusSignIn');
        for (const operation of strict) {
          for (const query of ['surprise=1', '__proto__=x']) {
            const { path, ...rest } = example(operation, (text) => text);
            const target = `${path}${path.includes('?') ? '&' : '?'}${query}`;
            const got = await send({ ...rest, path: target, token: admin.accessToken });
            if (got.status !== 422 || !got.text.includes('validation_failed'))
              faults.push(`${operation.method} ${target}: ${got.status} ${got.text}`);
          }
        }
        expect(faults).toEqual([]);
      });

      it('says that a path has no other methods', async () => {
        const faults: string[] = [];
        for (const { path } of api.operations) {
          const methods = api.operations.filter((each) => each.path === path).map(({ method }) => method);
          for (const method of ['DELETE', 'PATCH', 'PUT', 'POST', 'GET'].filter(
            (each) => !methods.includes(each),
          )) {
            const got = await send({
              method,
              path: path.replaceAll(/\{\w+\}/g, 'x1'),
              token: admin.accessToken,
            });
            if (got.status !== 405) faults.push(`${method} ${path}: ${got.status} ${got.text}`);
          }
        }
        expect(faults).toEqual([]);
      });
    });

    describe('whatever is sent', () => {
      it('gets no 5xx and no undocumented answer', async () => {
        const { session } = await scene({ operationId: 'fuzz' });
        const throwaway = ['logout', 'changePassword'];
        const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
        const faults: string[] = [];
        for (const operation of api.operations) {
          if (operation.path.startsWith('/health/')) continue;
          const tokens = throwaway.includes(operation.operationId)
            ? [undefined, 'no.good.token']
            : [undefined, session.accessToken, admin.accessToken, 'no.good.token'];
          const samples = fc.sample(requests(operation, tokens), { numRuns: 25, seed });
          for (const sent of samples) {
            const { status, type, text } = await send(sent);
            const found = api.faultsOf(operation, status, type, text);
            if (status >= 500) found.push(`${status}: ${text}`);
            const { token, ...shown } = sent;
            const who = token === undefined ? 'nobody' : `token ${tokens.indexOf(token)}`;
            faults.push(
              ...found.map(
                (fault) => `${operation.operationId} by ${who} ${JSON.stringify(shown)}: ${fault}`,
              ),
            );
          }
        }
        expect(faults, `seed ${seed}`).toEqual([]);
      }, 300_000);
    });
  });
}
