import type { Route, RouteInput, Schema } from './route.ts';

/** What a schema takes. */
type InputOf<S> = S extends { readonly '~standard': { readonly types?: infer Types } }
  ? NonNullable<Types> extends { readonly input: infer Input }
    ? Input
    : never
  : never;

/** What a schema gives. */
type OutputOf<S> = S extends { readonly '~standard': { readonly types?: infer Types } }
  ? NonNullable<Types> extends { readonly output: infer Output }
    ? Output
    : never
  : never;

type NamesIn<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | NamesIn<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

type PlainParams<Path extends string> = { readonly [Name in NamesIn<Path>]: string };

/** The parameters of a route's path, as its handler gets them. */
export type ParamsOf<R extends RouteInput> = R extends { readonly params: infer S extends Schema }
  ? OutputOf<S>
  : PlainParams<R['path']>;

/** The query of a route, as its handler gets it. */
export type QueryOf<R extends RouteInput> = R extends { readonly query: infer S extends Schema }
  ? OutputOf<S>
  : Record<never, never>;

/** The body of a route, as its handler gets it; bytes where the route takes them. */
export type BodyOf<R extends RouteInput> = R extends { readonly body: infer B }
  ? B extends Schema
    ? OutputOf<B>
    : Uint8Array
  : undefined;

/** The body of a route's good answer as a client reads it; undefined where it has none. */
export type AnswerOf<R extends RouteInput> = {
  [Status in keyof R['answers']]: R['answers'][Status] extends { readonly schema: infer S }
    ? OutputOf<S>
    : undefined;
}[keyof R['answers']];

/** What a handler may give as that body. */
export type HandlerResultOf<R extends RouteInput> = {
  [Status in keyof R['answers']]: R['answers'][Status] extends { readonly schema: infer S }
    ? InputOf<S>
    : void;
}[keyof R['answers']];

type Named<Name extends string, Value> = [Value] extends [never]
  ? unknown
  : { readonly [Key in Name]: Value };

/** What a client says to call a route: path parameters, query and body as the route takes them, and headers. */
export type AskOf<R extends Route> = Named<
  'params',
  keyof PlainParams<R['path']> extends never ? never : PlainParams<R['path']>
> &
  (R extends { readonly query: infer S extends Schema } ? { readonly query?: InputOf<S> } : unknown) &
  (R extends { readonly body: infer B }
    ? { readonly body: B extends Schema ? InputOf<B> : string | Uint8Array }
    : unknown) &
  (R['idempotency'] extends 'required'
    ? { readonly key: string }
    : R['idempotency'] extends 'optional'
      ? { readonly key?: string }
      : unknown) &
  (R['conditional'] extends 'if-match' ? { readonly ifMatch: string } : unknown) & {
    readonly token?: string | undefined;
    /** Headers besides those that follow from the rest. */
    readonly headers?: Readonly<Record<string, string>>;
  };
