import { userTopic } from '@registrar/contracts-gateway';
import { Dynamo } from '@registrar/dynamodb';
import { OutboxRelay } from '@registrar/messaging';
import type { OutboxEntry } from '@registrar/messaging';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AttemptRepository } from '../attempts/attempt.repository.ts';
import { requestedMails } from '../attempts/attempt.rules.ts';
import { PasswordHasher } from '../passwords/password-hasher.ts';
import { PasswordResetRepository } from '../resets/password-reset.repository.ts';
import { GatewaySystem } from '../../testing/gateway-system.ts';
import { goodPassword } from '../../testing/running-gateway.ts';
import type { RunningGateway, TestAnswer } from '../../testing/running-gateway.ts';

const system = new GatewaySystem();
const anywhere = { strict: false };
const own = { EMAIL_CONFIRMATION: 'on', RATE_LIMIT_SIGN_IN_PER_SECOND: '0' };
let one: RunningGateway;
let other: RunningGateway;
/** Where accounts are made at once. */
let open: RunningGateway;
let published: OutboxEntry[] = [];
let count = 0;
let email: string;

beforeAll(async () => {
  [one, other] = await system.startTwo(own);
  open = await system.start({ RATE_LIMIT_SIGN_IN_PER_SECOND: '0' });
  for (const gateway of [one, other]) {
    const relay = gateway.app.get(OutboxRelay, anywhere);
    const publish = relay.publish.bind(relay);
    vi.spyOn(relay, 'publish').mockImplementation((entry) => {
      published.push(entry);
      publish(entry);
    });
  }
});
afterAll(() => system.close());
beforeEach(() => {
  published = [];
  count += 1;
  email = `new.${count}@registrar.example`;
});

function register(name = 'Ann Moss', password = goodPassword, gateway = one): Promise<TestAnswer> {
  return gateway.post('/api/auth/register', { email, password, name });
}

/** The ids of the mails that were asked for, in order. */
function mailIds(): string[] {
  const events = published.flatMap((entry) => entry.events.map(({ value }) => JSON.parse(value) as Event));
  return events.filter(({ type }) => type.includes('account-mail')).map(({ data }) => String(data['mailId']));
}

interface Event {
  type: string;
  data: Record<string, unknown>;
}

async function contentOf(mailId = mailIds().at(-1) ?? ''): Promise<TestAnswer> {
  const token = one.serviceToken('notifications');
  return other.call('POST', `/internal/account-mails/${mailId}/content`, { token });
}

async function tokenOf(mailId?: string): Promise<string> {
  const { json } = await contentOf(mailId);
  return /^http:\/\/127\.0\.0\.1:3000\/confirm-email#\?token=(\S+)$/.exec(String(json?.['link']))?.[1] ?? '';
}

function confirm(token: string, gateway = one): Promise<TestAnswer> {
  return gateway.post('/api/auth/email-confirmation', { token });
}

async function signIn(password = goodPassword): Promise<unknown[]> {
  const { status, json } = await other.post('/api/auth/login', { email, password });
  return [status, json?.['code']];
}

/** How many of these calls are of a request, not of what an instance does from time to time. */
function callsAbout(calls: readonly unknown[][]): number {
  return calls
    .map((call) => JSON.stringify(call))
    .filter(
      (call) =>
        call.includes('email_confirmations') || !/revocations|audit"|outbox"|PendingOutbox/.test(call),
    ).length;
}

describe('registering where emails are confirmed', () => {
  it('is said to clients before they ask', async () => {
    expect((await one.get('/api/campus')).json?.['registration']).toEqual({
      selfService: true,
      confirmation: true,
    });
  });

  it('makes an account only once the link was opened, and tells nothing of it before', async () => {
    const answer = await register();
    expect([answer.status, answer.text, answer.headers['set-cookie']]).toEqual([202, '', undefined]);
    expect(await signIn()).toEqual([403, 'email_unconfirmed']);
    expect(await signIn('not the password')).toEqual([401, 'invalid_credentials']);
    expect(published.filter(({ topic }) => topic === userTopic.name)).toEqual([]);
    expect(JSON.stringify(published)).not.toMatch(/new\.\d|Ann Moss|argon2/);
    const token = await tokenOf();
    expect(JSON.stringify(published)).not.toContain(token.split('.')[1]);
    expect((await contentOf()).json).toMatchObject({ kind: 'confirm_email', email, name: '' });

    const clicks = await Promise.all([confirm(token), confirm(token, other)]);
    expect(clicks.map(({ status }) => status).sort()).toEqual([204, 400]);
    const session = await one.signIn(email);
    expect(session.user).toMatchObject({ email, name: 'Ann Moss', emailVerified: true, roles: ['student'] });
    expect(published.filter(({ topic }) => topic === userTopic.name)).toHaveLength(1);
    expect((await confirm(token)).json?.['code']).toBe('invalid_confirmation_token');
    expect((await contentOf()).json?.['code']).toBe('mail_not_found');
  });

  it('gives the email to who opens their link first, of two who wait with it', async () => {
    await register('Ann Moss', 'the password of ann');
    await register('Ben Stone', 'the password of ben');
    const [ann = '', ben = ''] = mailIds();
    const tokens = [await tokenOf(ann), await tokenOf(ben)] as const;
    expect((await confirm(tokens[0])).status).toBe(204);
    expect((await contentOf(ben)).json).toMatchObject({ kind: 'email_taken', name: 'Ann Moss' });
    expect((await confirm(tokens[1])).json?.['code']).toBe('invalid_confirmation_token');
    expect(await signIn('the password of ben')).toEqual([401, 'invalid_credentials']);
    expect((await one.signIn(email, 'the password of ann')).user.name).toBe('Ann Moss');
  });

  it('with the email of an account answers the same, changes nothing and tells its owner', async () => {
    const { user } = await open.register(email);
    expect((await register('Somebody Else', 'another fine password')).status).toBe(202);
    expect((await contentOf()).json).toMatchObject({
      kind: 'email_taken',
      email,
      name: user.name,
      link: 'http://127.0.0.1:3000/sign-in',
    });
    expect(await signIn('another fine password')).toEqual([401, 'invalid_credentials']);
    expect((await one.signIn(email)).user).toEqual(user);
  });

  it('does the same work whether or not the email is taken, so that no time tells it', async () => {
    const dynamo = one.app.get(Dynamo, anywhere);
    const hasher = one.app.get(PasswordHasher, anywhere);
    const work = { taken: [] as string[], free: [] as string[] };
    for (const kind of ['taken', 'free'] as const) {
      email = `${kind}@registrar.example`;
      if (kind === 'taken') await open.register(email);
      const spies = [
        ...(['get', 'query', 'batchGet', 'update', 'put', 'delete', 'transact'] as const).map((name) =>
          vi.spyOn(dynamo, name),
        ),
        vi.spyOn(hasher, 'hash'),
      ];
      const begin = performance.now();
      expect((await register()).status).toBe(202);
      expect(performance.now() - begin).toBeGreaterThanOrEqual(requestedMails.evenMs - 5);
      work[kind] = spies.map((spy) => `${spy.getMockName()} ${callsAbout(spy.mock.calls)}`);
      for (const spy of spies) spy.mockRestore();
    }
    expect(work.taken).toEqual(work.free);
    expect(work.free.at(-1)).toMatch(/ 1$/);
  });

  it('still refuses what has nothing to do with the email being taken', async () => {
    expect((await register('Ann', 'password1234')).status).toBe(422);
    const closed = await system.start({ ...own, SELF_REGISTRATION: 'off' });
    expect((await register('Ann', goodPassword, closed)).json?.['code']).toBe('registration_closed');
  });
});

describe('the link of a confirmation', () => {
  it('is good for a day, by the clock of the store', async () => {
    await register();
    const token = await tokenOf();
    const dynamo = one.app.get(Dynamo, anywhere);
    const now = dynamo.now.bind(dynamo);
    const later = vi.spyOn(dynamo, 'now').mockImplementation(() => now() + 24 * 60 * 60_000 + 1);
    const answer = await confirm(token);
    later.mockRestore();
    expect([answer.status, answer.json?.['code']]).toEqual([400, 'invalid_confirmation_token']);
    expect((await confirm(token)).status).toBe(204);
  });

  it.each(['nonsense', `cnf_${'a'.repeat(20)}.${'b'.repeat(43)}`])('is not %j', async (token) => {
    expect((await confirm(token)).json?.['code']).toBe('invalid_confirmation_token');
  });

  it('cannot be made from the id that events carry', async () => {
    await register();
    const forged = `${mailIds()[0]}.${'b'.repeat(43)}`;
    expect((await confirm(forged)).json?.['code']).toBe('invalid_confirmation_token');
  });
});

describe('having the mail sent again', () => {
  const resend = (to: string) => other.post('/api/auth/email-confirmation/resend', { email: to });

  it('is answered alike for everybody, and mails who waits', async () => {
    await register();
    for (const to of [email.toUpperCase(), 'nobody@registrar.example', 'no address'])
      expect(await resend(to)).toMatchObject({ status: 202, text: '' });
    const [first, again, ...others] = mailIds();
    expect([again, others]).toEqual([first, []]);
    expect((await confirm(await tokenOf(again))).status).toBe(204);
    await resend(email);
    expect(mailIds()).toHaveLength(2);
  });

  it('is bounded: five mails an hour, registrations among them', async () => {
    await register();
    for (let at = 0; at < 10; at += 1) expect((await resend(email)).status).toBe(202);
    expect((await register()).status).toBe(202);
    expect(mailIds()).toHaveLength(5);
  });
});

it('a password reset shows that the email is its owner’s', async () => {
  const { user } = await open.register(email);
  expect(user.emailVerified).toBe(false);
  const creation = vi.spyOn(one.app.get(PasswordResetRepository, anywhere), 'creation');
  await one.post('/api/auth/password-reset', { email });
  const id = creation.mock.calls.at(-1)?.[0].id ?? '';
  const token = one.serviceToken('notifications');
  const link = await one.call('POST', `/internal/password-resets/${id}/link`, { token });
  const body = { token: String(link.json?.['link']).split('token=')[1], newPassword: 'a whole new password' };
  expect((await one.post('/api/auth/password-reset/confirm', body)).status).toBe(204);
  const { user: after, accessToken } = await other.signIn(email, body.newPassword);
  expect(after).toEqual({ ...user, emailVerified: true });
  expect((await one.get('/api/auth/me', accessToken)).json).toEqual(after);
  const event = published.find(({ topic }) => topic === userTopic.name)?.events[0]?.value ?? '{}';
  expect((JSON.parse(event) as Event).data['user']).toMatchObject({ emailVerified: true, version: 2 });
});

it('attempts to sign in to what is not confirmed are bounded as those to an account are', async () => {
  await register();
  for (let at = 0; at < 10; at += 1) await signIn(`guess number ${at}`);
  expect(await signIn()).toEqual([429, 'too_many_attempts']);
  expect(await one.app.get(AttemptRepository, anywhere).countsOf({ email, epoch: 0 })).toMatchObject({
    row: { failures: 10 },
  });
});
