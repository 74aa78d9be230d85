import type { CampusSignIn } from './session.ts';

/** Where to go to sign out of the campus too; the providers of the campus say. */
export abstract class CampusLogoutUrl {
  /** Null where the session did not begin by the campus, or its provider is not to be told, or is away. */
  abstract after(campus: CampusSignIn | undefined): Promise<string | null>;
}
