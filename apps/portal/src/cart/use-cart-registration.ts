import { useEffect, useRef, useState } from 'react';
import { isFinal } from '../intents/intent.ts';
import type { IntentProgress } from '../intents/intent.ts';
import type { WriteAsk } from '../intents/intents.ts';
import { ownReads, useWrite } from '../intents/intents.ts';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { cart } from './cart.ts';
import type { CartItem } from './cart.rules.ts';
import { placesOf, setsOf } from './cart.rules.ts';
import type { Outcome } from './outcomes.rules.ts';
import { isPlaced, outcomesOf } from './outcomes.rules.ts';

const route = 'POST /api/enrollments/changes';

/** One request of several courses. */
interface SentSet {
  readonly items: readonly CartItem[];
  readonly ask: WriteAsk;
}

/** The registration of a cart: its sets one after another, each by a request of its own. */
export interface CartRegistration {
  /** What is known of each course that was sent, by its id. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** How the set that is on its way stands; of none, undefined. */
  readonly progress: IntentProgress | undefined;
  readonly isOpen: boolean;
  /** Takes the items, each by itself: one that is refused stops no other. */
  readonly register: (items: readonly CartItem[]) => void;
  /** Takes a seat for a place that is given up: both or neither. */
  readonly swap: (item: CartItem, dropEnrollmentId: string) => void;
  /** Waits, and gives that place up when a seat comes free. */
  readonly wait: (item: CartItem, dropOnPromotion: string) => void;
  /** Gives up what a busy server has not taken, and what was to follow. */
  readonly stop: () => void;
  readonly forget: (courseIds: readonly string[]) => void;
}

/** Registers the cart of a semester; what has a place then leaves the cart. */
export function useCartRegistration(
  semesterId: string,
  courses: ReadonlyMap<string, Course> | undefined,
): CartRegistration {
  const write = useWrite();
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const [isRunning, setRunning] = useState(false);
  const waiting = useRef<readonly SentSet[]>([]);
  const current = useRef<SentSet>(undefined);

  const next = () => {
    const [first, ...rest] = waiting.current;
    waiting.current = rest;
    current.current = first;
    setRunning(first !== undefined);
    if (first) write.submit(first.ask);
  };
  const send = (item: CartItem, terms: Terms) =>
    start([{ items: [item], ask: askFor([item], courses, terms) }]);
  const start = (sets: readonly SentSet[]) => {
    if (current.current !== undefined) return;
    waiting.current = sets;
    next();
  };

  const { progress } = write;
  useEffect(() => {
    const sent = current.current;
    if (sent === undefined || progress === undefined) return;
    const found = outcomesOf(idsOf(sent.items), progress);
    setOutcomes((before) => new Map([...before, ...found]));
    if (!isFinal(progress)) return;
    const placed = sent.items.filter(({ courseId }) => isPlaced(found.get(courseId)));
    cart.remove(
      semesterId,
      placed.map(({ courseId }) => courseId),
    );
    if (progress.status === 'stopped') waiting.current = [];
    next();
    // A set ends once, by its progress; everything else is of this render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [progress]);

  return {
    outcomes,
    progress: isRunning ? progress : undefined,
    isOpen: isRunning,
    register: (items) =>
      start(setsOf(items).map((set) => ({ items: set, ask: askFor(set, courses, { mode: 'each' }) }))),
    // To wait for a seat is no reason to give one up at once.
    swap: (item, id) => send({ ...item, joinWaitlist: false }, { mode: 'all', drop: [id] }),
    wait: (item, id) => send({ ...item, joinWaitlist: true }, { mode: 'all', dropOnPromotion: id }),
    stop: write.stop,
    forget: (courseIds) =>
      setOutcomes((before) => new Map([...before].filter(([id]) => !courseIds.includes(id)))),
  };
}

function idsOf(items: readonly CartItem[]): string[] {
  return items.flatMap(({ courseId, linked }) => [courseId, ...linked]);
}

interface Terms {
  readonly mode: 'all' | 'each';
  readonly drop?: readonly string[];
  /** The place that is given up when the first item gets a seat. */
  readonly dropOnPromotion?: string;
}

function askFor(
  items: readonly CartItem[],
  courses: ReadonlyMap<string, Course> | undefined,
  { dropOnPromotion, ...terms }: Terms,
): WriteAsk {
  const names = Object.fromEntries(
    idsOf(items).map((id) => {
      const course = courses?.get(id);
      return [id, course ? `${course.code} ${course.section}` : id];
    }),
  );
  return {
    method: 'POST',
    target: '/api/enrollments/changes',
    body: { add: placesOf(items, dropOnPromotion), ...terms },
    subject: {
      action: 'changes',
      courseId: items[0]?.courseId ?? '',
      courseCode: items.map(({ courseId }) => courses?.get(courseId)?.code ?? courseId).join(', '),
      names,
    },
    changes: [...ownReads, route],
  };
}
