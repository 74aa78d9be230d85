/** A person, as far as a mail needs to know them. */
export interface Person {
  id: string;
  email: string;
  name: string;
  /** Grows with each change; an older one never replaces a newer one. */
  version: number;
}
