import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Course } from '@registrar/contracts-courses';
import { bodyOf } from '@registrar/contracts-http';
import type { System } from '@registrar/stack';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { Client, expectStatus, password } from './support/client.ts';
import { EveryStore } from './support/every-store.ts';
import { Fixture } from './support/fixture.ts';
import { mailsTo } from './support/mailbox.ts';

/** What nothing else of any test has in it. */
const mark = `q${randomUUID().slice(0, 8)}`;
const name = `Quillon Marblethwaite-${mark}`;
const email = `quillon.${mark}@students.registrar.example`;
const externalId = `M-${mark}`;
const words = [mark];

let system: System;
let fixture: Fixture;
let stores: EveryStore;
let person: Client;
let other: Client;
let open: Course;
let full: Course;
let taught: Course;

/** The person uses whatever keeps something of them. */
async function useEverything(): Promise<void> {
  const { admin } = fixture;
  const ofUser = { params: { id: person.user.id } };
  expectStatus(await person.enroll({ courseId: open.id }), 201);
  expectStatus(await person.enroll({ courseId: full.id, joinWaitlist: true }), 201);
  const ofStudent = { params: { userId: person.user.id } };
  const ifMatch = String((await admin.api.getStudent(ofStudent)).headers['etag']);
  const groups = [`team-${mark}`];
  expectStatus(await admin.api.changeStudent({ ...ofStudent, ifMatch, body: { groups } }), 200);
  const asked = { key: randomUUID(), params: { id: full.id }, body: { reason: `${name} knows all of it.` } };
  expectStatus(await person.api.requestPermit(asked), 201);
  const entries = [{ choices: [{ courses: [{ courseId: full.id }] }], joinWaitlist: true }];
  const plan = { params: { semesterId: fixture.semesterId }, body: { entries, armed: false } };
  expectStatus(await person.api.putPlan(plan), 200);
  const hold = { userId: person.user.id, office: 'Bursar', reason: `${name} owes a fee.` };
  const placed = { key: randomUUID(), body: { ...hold, blocks: ['enroll' as const, 'drop' as const] } };
  expectStatus(await admin.api.placeHold(placed), 201);
  expect((await person.enroll({ courseId: taught.id })).status).toBe(409);
  await Client.anonymous(system.gatewayUrl).api.login({ body: { email, password: 'not the password' } });
  expectStatus(await person.api.requestPasswordReset({ body: { email } }), 202);
  const changed = { ...ofUser, body: { externalId, name: `${name} Esq.` } };
  expectStatus(await admin.api.changeUser(changed), 200);
}

/** Everything about the person, downloaded; as a text in which the names of files can be read. */
async function exported(): Promise<string> {
  const { id } = expectStatus(await person.api.exportOwnData({ key: randomUUID() }), 202);
  await vi.waitFor(
    async () => {
      const { items } = bodyOf(await person.api.listNotifications({}));
      const ready = items.find(({ type }) => type === 'export_ready');
      expect(ready?.params).toMatchObject({ exportId: id });
      const mails = await mailsTo(system, email);
      expect(mails.some(({ text }) => text.includes(`/account#export=${id}`))).toBe(true);
    },
    { timeout: 10_000, interval: 100 },
  );
  const [message] = bodyOf(await person.api.listNotifications({})).items;
  const read = { key: randomUUID(), params: { id: message?.id ?? '' } };
  expectStatus(await person.api.readNotification(read), 200);
  expect((await other.api.getOwnExport({ params: { id } })).status).toBe(404);
  const answer = await person.download(`/api/users/me/exports/${id}`);
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/zip']);
  return answer.text;
}

/** A person who used everything, and is erased. */
export function describeErasure(running: () => System): void {
  describe('a person who is erased', () => {
    beforeAll(async () => {
      system = running();
      stores = new EveryStore(system);
      fixture = await Fixture.open(system);
      const { user } = await Client.registered(system.gatewayUrl, { email, name });
      const roles = { params: { id: user.id }, body: { roles: ['student' as const, 'instructor' as const] } };
      expectStatus(await fixture.admin.api.setRoles(roles), 200);
      person = await Client.signedIn(system.gatewayUrl, email, password);
      other = await Client.newStudent(system.gatewayUrl, 'Ada Moss');
      open = await fixture.course();
      full = await fixture.course({ capacity: 1, waitlistCapacity: 5 });
      taught = await fixture.course({ instructorIds: [user.id], consent: 'instructor' });
      expectStatus(await other.enroll({ courseId: full.id }), 201);
    });

    it('had used everything, and got all of it in one file', async () => {
      await useEverything();
      const text = await exported();
      const kinds = [
        'account',
        'sessions',
        'enrollments',
        'enrollment-history',
        'student-record',
        'completions',
      ];
      for (const kind of [
        ...kinds,
        'holds',
        'permits',
        'permit-requests',
        'plans',
        'notifications',
        'preferences',
      ])
        for (const ending of ['json', 'csv']) expect(text).toContain(`${kind}.${ending}`);
      const places = (await stores.find(words)).map(({ place }) => place);
      const { TABLE_PREFIX, CACHE_PREFIX, TOPIC_PREFIX } = system.prefixes;
      for (const prefix of [`${TABLE_PREFIX}gateway_users`, CACHE_PREFIX, `${TOPIC_PREFIX}gateway.user.v1`])
        expect(places.filter((place) => place.startsWith(prefix))).not.toEqual([]);
    });

    it('is erased by every service within 20 s', async () => {
      const begun = await fixture.admin.api.eraseUser({ params: { id: person.user.id } });
      const { id } = expectStatus(begun, 202);
      const isDone = async () => {
        const { status } = expectStatus(await fixture.admin.api.getErasure({ params: { id } }), 200);
        expect(status).toBe('done');
      };
      await vi.waitFor(isDone, { timeout: 20_000, interval: 100 });
      const left = expectStatus(await fixture.admin.api.getUser({ params: { id: person.user.id } }), 200);
      expect(left).toMatchObject({ status: 'erased', email: null, name: null, externalId: null });
      expect((await person.api.me({})).status).toBe(401);
    });

    it('keeps the enrollments under the opaque id, and waits for nothing', async () => {
      const roster = expectStatus(await fixture.admin.api.getRoster({ params: { id: open.id } }), 200);
      expect(roster.items).toMatchObject([{ userId: person.user.id, userName: null, userEmail: null }]);
      const waiting = expectStatus(await fixture.admin.api.getWaitlist({ params: { id: full.id } }), 200);
      expect(waiting.items).toEqual([]);
      const course = expectStatus(await fixture.admin.api.getCourse({ params: { id: taught.id } }), 200);
      expect(course.instructors).toEqual([{ id: person.user.id, name: null }]);
      const hold = { userId: person.user.id, office: 'Bursar', reason: 'None.', blocks: ['drop' as const] };
      const placed = await fixture.admin.api.placeHold({ key: randomUUID(), body: hold });
      expect(placed.status).toBe(422);
    });

    it('is found in no table, no cache and no topic', async () => {
      const topic = 'gateway.user.v1';
      await stores.compact(topic);
      await vi.waitFor(
        async () => {
          await stores.roll(topic);
          await delay(500);
          expect(await stores.inTopic(topic, words)).toEqual([]);
        },
        { timeout: 45_000, interval: 2_000 },
      );
      expect(await stores.find(words)).toEqual([]);
    });
  });
}
