/**
 * Thrown by a handler that cannot work now through no fault of the event: the event waits until it can, however
 * long that takes, and is never dead-lettered for it.
 *
 * A store or Kafka that is away, and refused or broken connections, count as this without being wrapped.
 */
export class RetryLater extends Error {
  override readonly name = 'RetryLater';
}
