import { Injectable, Logger } from '@nestjs/common';
import { AttemptRepository } from './attempt.repository.ts';
import { failuresAt } from './attempt.rules.ts';
import type { AttemptSubject, FailureCount } from './attempt.rules.ts';

/**
 * What came of a guess. `closed`: not compared, its origin failed too often. `right` with `isRowTooLong`: the password is
 * right, and too many failures in a row came before it for a password alone to sign in.
 */
export type GuessOutcome =
  { kind: 'right'; isRowTooLong: boolean } | { kind: 'wrong' } | { kind: 'closed'; count: FailureCount };

/**
 * Has passwords compared, and bounds how many may be wrong.
 *
 * Guarantee: of one origin no more than ten wrong ones are compared within 15 minutes, over all instances: each counts
 * before it is compared. Those in a row are counted over all origins; where they are too many at the moment that a right
 * one ends them, it says so.
 * Failure: what `compare` throws; the guess does not count then.
 */
@Injectable()
export class Guesses {
  private readonly logger = new Logger(Guesses.name);

  constructor(private readonly attempts: AttemptRepository) {}

  /** @param compare whether the password is right; gets the failures of all origins within the window */
  async judge(
    subject: AttemptSubject,
    origin: string,
    compare: (failuresEverywhere: number) => Promise<boolean>,
  ): Promise<GuessOutcome> {
    const now = this.attempts.now();
    const [full, { everywhere, row }] = await Promise.all([
      this.attempts.takeAttempt(subject, origin, now),
      this.attempts.countsOf(subject),
    ]);
    if (full) return { kind: 'closed', count: full };
    const isRight = await this.compared(subject, origin, () => compare(failuresAt(everywhere, now)));
    if (!isRight) {
      await this.attempts.recordFailure(subject, this.attempts.now());
      return { kind: 'wrong' };
    }
    const [isRowTooLong] = await Promise.all([
      row !== undefined && this.attempts.endRow(subject).then((isEnded) => !isEnded),
      this.attempts.clearFailures(subject, origin),
    ]);
    return { kind: 'right', isRowTooLong };
  }

  private async compared(
    subject: AttemptSubject,
    origin: string,
    compare: () => Promise<boolean>,
  ): Promise<boolean> {
    try {
      return await compare();
    } catch (error) {
      await this.attempts.release(subject, origin).catch((fault: unknown) => {
        this.logger.warn({ err: fault }, 'an attempt that was not judged could not be taken back');
      });
      throw error;
    }
  }
}
