/** Longest address that SMTP carries. */
const maxLength = 254;

/**
 * Whether `email` can be put into an SMTP command and a header as it is: one address, no white space, no control
 * or bracket that would begin something else. Only the server can say whether the mailbox exists.
 */
export function isSendable(email: string): boolean {
  return email.length <= maxLength && /^[^\s\p{Cc}<>()[\]\\,;:"@]+@[^\s\p{Cc}<>()[\]\\,;:"@]+$/u.test(email);
}

/** The domain of `Name <user@domain>` or `user@domain`. */
export function domainOf(from: string): string {
  return /@([^\s<>@]+?)>?$/.exec(from)?.[1] ?? 'localhost';
}

/** The `Message-ID` of a ledger row: the same in every attempt, so that a second copy is recognised as the same. */
export function messageId(id: string, domain: string): string {
  return `<${id}@${domain}>`;
}
