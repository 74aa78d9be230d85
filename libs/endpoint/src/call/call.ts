import type { Identity } from '@registrar/auth';
import type { BodyOf, ParamsOf, QueryOf, Route } from '@registrar/contracts-http';
import type { IdempotentRequest } from '@registrar/idempotency';
import type { EventRequest } from './event-request.ts';

/** Who calls, by what the route requires: never missing where a token is needed. */
type UserOf<R extends Route> = R['caller'] extends { readonly services: readonly string[] } | 'anonymous'
  ? undefined
  : R['caller'] extends 'public'
    ? Identity | undefined
    : Identity;

type KeyOf<R extends Route> = R['idempotency'] extends 'required'
  ? IdempotentRequest
  : R['idempotency'] extends 'optional'
    ? IdempotentRequest | undefined
    : undefined;

/** A request that meets everything its route requires, in the types of its schemas. */
export interface Call<R extends Route> {
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
  readonly user: UserOf<R>;
  /** What the request is remembered as, by its `Idempotency-Key`. */
  readonly idempotency: KeyOf<R>;
  /** `If-Match` as it was sent. */
  readonly ifMatch: string | undefined;
  /** The media type that `Accept` prefers, of those that the route offers. */
  readonly mediaType: string;
  /** Set where the client requests server-sent events. */
  readonly events: EventRequest | undefined;
}
