import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { refreshReads } from '../api/queries.ts';
import type { RouteName } from '../api/routes.ts';
import { makeKey } from '../api/key.ts';
import { session } from '../api/session.ts';
import type { Intent, IntentProgress, IntentSubject } from './intent.ts';
import { isFinal } from './intent.ts';
import { IntentSender } from './intent-sender.ts';

type Outcome = { readonly intent: Intent; readonly progress: IntentProgress };
const outcomes = new Set<(outcome: Outcome) => void>();
/** Outcomes that came before any part of the page could show them. */
const early: Outcome[] = [];

/** Own reads that every registration changes. */
export const ownReads = [
  'GET /api/enrollments/me',
  'GET /api/courses/:id',
  'POST /api/courses/batch-get',
] as const;

/** The intents of this tab. */
export const intents = new IntentSender({
  settled: (intent, progress) => {
    void refreshReads(...intent.changes);
    if (outcomes.size === 0) early.push({ intent, progress });
    for (const notify of outcomes) notify({ intent, progress });
  },
});

session.subscribe(() => {
  const { status, user } = session.current();
  if (status === 'signed-in') intents.replay(user.id);
});

/** Calls back with the final outcome of intents that no part of the page waits for: those of an earlier page. */
export function onOutcome(notify: (outcome: Outcome) => void): () => void {
  outcomes.add(notify);
  for (const outcome of early.splice(0)) notify(outcome);
  return () => outcomes.delete(notify);
}

/** A write of the reader: its way, and its outcome. */
export interface Write {
  /** What was sent last; undefined before the first, and after `clear`. */
  readonly intent: Intent | undefined;
  readonly progress: IntentProgress | undefined;
  /** On its way: the button waits. */
  readonly isOpen: boolean;
  /** Sends it; nothing happens while an earlier one is on its way. */
  submit(ask: WriteAsk): void;
  stop(): void;
  /** Forgets the outcome. */
  clear(): void;
}

/** What is to be written. */
export interface WriteAsk {
  readonly method: 'POST' | 'DELETE' | 'PATCH';
  readonly target: string;
  readonly body?: object;
  readonly subject: IntentSubject;
  readonly changes?: readonly RouteName[];
}

/** Sends writes that count from one place of the page, one at a time. */
export function useWrite(): Write {
  const [intent, setIntent] = useState<Intent>();
  const latest = useRef<Intent>(undefined);
  const progress = useSyncExternalStore(intents.subscribe, () =>
    intent === undefined ? undefined : intents.progressOf(intent.key),
  );
  const isOpen = progress !== undefined && !isFinal(progress);
  useLeaveWarning(isOpen);

  const submit = useCallback((ask: WriteAsk) => {
    const user = session.current().user;
    if (user === undefined) return;
    const before = latest.current && intents.progressOf(latest.current.key);
    if (before && !isFinal(before)) return;
    const made: Intent = {
      userId: user.id,
      key: makeKey(),
      method: ask.method,
      target: ask.target,
      body: ask.body === undefined ? undefined : JSON.stringify(ask.body),
      atMs: Date.now(),
      subject: ask.subject,
      changes: ask.changes ?? ownReads,
    };
    latest.current = made;
    intents.submit(made);
    setIntent(made);
  }, []);

  return {
    intent,
    progress,
    isOpen,
    submit,
    stop: () => intent && intents.stop(intent),
    clear: () => setIntent(undefined),
  };
}

/** Asks before the page is left while a write is on its way. */
function useLeaveWarning(isOpen: boolean): void {
  useEffect(() => {
    if (!isOpen) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [isOpen]);
}
