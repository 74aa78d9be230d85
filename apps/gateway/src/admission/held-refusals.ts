import { Injectable } from '@nestjs/common';

const holdMs = 250;
/** Refusals that wait at a time, about 5 kB each; more go out at once. */
const maxHeld = 2_000;

/**
 * Lets those wait for their refusal who go on however often they are refused: a client that asks again when it was
 * answered then comes four times a second on each connection, and a flood costs what it costs to ask that often.
 * Refusing 5,000 requests a second at once takes half a core.
 */
@Injectable()
export class HeldRefusals {
  private held = 0;

  /** Has `answer` called in a quarter of a second; at once where too many wait already. */
  hold(answer: () => void): void {
    if (this.held >= maxHeld) return answer();
    this.held += 1;
    setTimeout(() => {
      this.held -= 1;
      answer();
    }, holdMs);
  }
}
