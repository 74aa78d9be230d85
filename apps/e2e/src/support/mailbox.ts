import type { System } from '@registrar/stack';
import { request } from 'undici';

/** A mail as MailDev shows it. */
export interface Mail {
  subject: string;
  text: string;
  to: { address: string }[];
}

/** The mails that MailDev has received for an address. */
export async function mailsTo({ addresses }: System, address: string): Promise<Mail[]> {
  const answer = await request(`${addresses.MAIL_PAGE_URL}/api/email`);
  const mails = (await answer.body.json()) as Mail[];
  return mails.filter(({ to }) => to.some((recipient) => recipient.address === address));
}
