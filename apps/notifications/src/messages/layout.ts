import type { Message } from './message.ts';
import { escapeHtml, oneLine } from './plain-text.rules.ts';

/** A mail as it is sent, apart from its address. */
export interface MailContent {
  subject: string;
  text: string;
  html: string;
}

/** Longest subject in UTF-16 units; a phone shows about 40 of them. */
export const maxSubjectLength = 150;

const maxNameLength = 100;

/** The message as the inbox shows it: plain text, no greeting, paragraphs parted by an empty line. */
export function inboxText({ blocks }: Message): string {
  return blocks.map((block) => (typeof block === 'string' ? block : bullets(block))).join('\n\n');
}

/** The subject, bounded, in one line. */
export function subjectOf({ subject }: Message): string {
  return oneLine(subject, maxSubjectLength);
}

/** The message as a mail to `name`: text for any reader, HTML of one column for phones. */
export function mailContent(message: Message, name: string): MailContent {
  const greeting = `Hello ${oneLine(name, maxNameLength) || 'there'},`;
  const { action } = message;
  const link = action ? [`${action.label}:\n${action.url}`] : [];
  const text = [greeting, inboxText(message), ...link, footerOf(message)].join('\n\n');
  return { subject: subjectOf(message), text: `${text}\n`, html: page(message, greeting) };
}

function footerOf({ isAlwaysMailed = false }: Message): string {
  const choice = isAlwaysMailed
    ? 'Mails of this kind are always sent.'
    : 'You can choose in your preferences which mails you get.';
  return `This mail was sent by Registrar. ${choice}`;
}

function bullets(items: string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

const styles = {
  body: 'margin:0;padding:0;background:#f3f4f6;',
  card: 'max-width:560px;margin:0 auto;padding:24px 20px;background:#ffffff;color:#1f2937;font:16px/1.5 -apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;',
  button:
    'display:inline-block;padding:12px 20px;border-radius:6px;background:#1d4ed8;color:#ffffff;text-decoration:none;font-weight:600;',
  footer: 'margin:24px 0 0;color:#6b7280;font-size:13px;',
};

/** `dir="auto"` lets a right-to-left name or title run its own way without turning what stands beside it. */
function page(message: Message, greeting: string): string {
  const blocks = [greeting, ...message.blocks].map((block) =>
    typeof block === 'string' ? paragraph(block) : list(block),
  );
  const subject = escapeHtml(subjectOf(message));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${subject}</title>
</head>
<body style="${styles.body}">
<div style="${escapeHtml(styles.card)}">
${blocks.join('\n')}
${button(message.action)}<p style="${styles.footer}">${escapeHtml(footerOf(message))}</p>
</div>
</body>
</html>
`;
}

function paragraph(text: string): string {
  return `<p dir="auto">${escapeHtml(text)}</p>`;
}

function list(items: string[]): string {
  return `<ul>\n${items.map((item) => `<li dir="auto">${escapeHtml(item)}</li>`).join('\n')}\n</ul>`;
}

function button(action: Message['action']): string {
  if (!action) return '';
  return `<p><a href="${escapeHtml(action.url)}" style="${styles.button}">${escapeHtml(action.label)}</a></p>\n`;
}
