/** What a failed attempt means. `permanent`: trying again changes nothing. `passing`: it may go through later. */
interface SmtpFault {
  kind: 'permanent' | 'passing';
  /** For the ledger and the log: a code and the phase, never an address or what the server said about it. */
  reason: string;
}

/** Codes of nodemailer for a refusal of this very message: its recipient, its sender, its content. */
const aboutTheMessage = new Set(['EENVELOPE', 'EMESSAGE']);

/**
 * What an error of a sending attempt means.
 *
 * A 5xx answer to the envelope or the message is about this mail and is final. A 4xx, a 5xx before there was a
 * message (a server that refuses to talk, a wrong password) and every connection fault are not.
 */
export function smtpFault(error: unknown): SmtpFault {
  const { code, responseCode } = readable(error);
  const isFinal = responseCode === undefined ? code === 'EENVELOPE' : responseCode >= 500;
  const kind = aboutTheMessage.has(code) && isFinal ? 'permanent' : 'passing';
  return { kind, reason: responseCode === undefined ? code : `${code} ${responseCode}` };
}

function readable(error: unknown): { code: string; responseCode?: number } {
  if (!(error instanceof Error)) return { code: 'EUNKNOWN' };
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  return {
    code: typeof code === 'string' ? code : error.name,
    ...(typeof responseCode === 'number' && { responseCode }),
  };
}
