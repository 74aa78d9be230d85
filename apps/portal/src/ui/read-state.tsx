import { t as translate } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import type { Read } from '../api/queries.ts';
import { ApiProblem, SessionEnded, Unreachable } from '../api/problems.ts';
import { useFormat } from '../app/format.ts';
import { Button } from './button.tsx';
import { Skeleton } from './loading.tsx';
import { Notice } from './status.tsx';

interface ReadStateProps<Data> {
  readonly query: Read<Data>;
  /** Stands where the data will. */
  readonly skeleton?: ReactNode;
  /** Shown in place of the error panel for problems with these codes. */
  readonly refusals?: Readonly<Record<string, ReactNode>>;
  readonly children: (data: Data) => ReactNode;
}

/** What a read has brought: its data, a skeleton, or an error panel. Old data stays, with its time, while errors last. */
export function ReadState<Data>({
  query,
  skeleton = <Skeleton />,
  refusals,
  children,
}: ReadStateProps<Data>) {
  const { data, error } = query;
  const refusal = error instanceof ApiProblem ? refusals?.[error.body.code] : undefined;
  if (refusal !== undefined) return refusal;
  const panel = error !== null && !(error instanceof SessionEnded) && <ErrorPanel query={query} />;
  if (data === undefined) return panel || skeleton;
  return (
    <>
      {panel}
      {children(data)}
    </>
  );
}

/** Says in plain words what went wrong with a read, and offers to try again. */
export function ErrorPanel({ query }: { readonly query: ReadStateProps<unknown>['query'] }) {
  const { t } = useLingui();
  const format = useFormat();
  const { error, dataUpdatedAt, isFetching, refetch } = query;
  const problem = error instanceof ApiProblem ? error : undefined;
  const [waitsUntilMs, setWaitsUntilMs] = useBusyCountdown(problem, () => void refetch());
  const asOf = dataUpdatedAt > 0 ? format.clock(dataUpdatedAt) : undefined;
  return (
    <Notice
      tone={error instanceof Unreachable ? 'warn' : 'bad'}
      {...(error instanceof Unreachable && { icon: 'offline' })}
      role="alert"
      actions={
        <>
          <Button onClick={() => void refetch()} disabled={isFetching}>{t`Retry`}</Button>
          {waitsUntilMs !== undefined && (
            <Button onClick={() => setWaitsUntilMs(undefined)}>{t`Stop`}</Button>
          )}
        </>
      }
    >
      <p>{wordsFor(error)}</p>
      {waitsUntilMs !== undefined && <Countdown untilMs={waitsUntilMs} />}
      {asOf !== undefined && (
        <p>
          <Trans>What you see is from {asOf}.</Trans>
        </p>
      )}
      {problem?.body.traceId !== undefined && (
        <p>
          <Trans>
            If it stays, tell the help desk this number: <code>{problem.body.traceId}</code>
          </Trans>
        </p>
      )}
    </Notice>
  );
}

/** "Next try in 4 s", counted down. */
export function Countdown({ untilMs }: { readonly untilMs: number }) {
  const seconds = useSecondsUntil(untilMs);
  return (
    <p>
      <Trans>Next try in {seconds} s.</Trans>
    </p>
  );
}

/** Whole seconds until that moment by this device; re-rendered each second. */
export function useSecondsUntil(untilMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [untilMs]);
  return Math.max(0, Math.ceil((untilMs - now) / 1_000));
}

/** A busy server says when to come back: then it is tried again by itself, unless the reader stops it. */
function useBusyCountdown(problem: ApiProblem | undefined, retry: () => void) {
  const [untilMs, setUntilMs] = useState<number>();
  useEffect(() => {
    if (!problem?.isBusy) return setUntilMs(undefined);
    const delayMs = problem.retryAfterMs ?? 5_000;
    setUntilMs(Date.now() + delayMs);
    return undefined;
  }, [problem]);
  useEffect(() => {
    if (untilMs === undefined) return undefined;
    const timer = setTimeout(retry, Math.max(0, untilMs - Date.now()));
    return () => clearTimeout(timer);
    // Every render makes another `retry`, and all do the same.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [untilMs]);
  return [untilMs, setUntilMs] as const;
}

function wordsFor(error: Error | null): string {
  if (error instanceof Unreachable)
    return translate`The server cannot be reached. Check your connection; the page goes on by itself when it is back.`;
  if (!(error instanceof ApiProblem)) return translate`Something in this page failed. Load it again.`;
  if (error.isBusy) return translate`The server is busy right now.`;
  if (error.body.status === 403) return translate`You have no access to this page.`;
  if (error.body.status === 404) return translate`This does not exist, or is not yours.`;
  if (error.body.status === 504) return translate`The server took too long to answer.`;
  return translate`The server could not answer.`;
}
