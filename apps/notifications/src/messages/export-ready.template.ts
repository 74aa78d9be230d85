import type { CampusTime } from '@registrar/campus';
import type { ExportFacts, Message } from './message.ts';

/** Everything about oneself can be downloaded. */
export function exportReady(facts: ExportFacts, linkBase: string, campusTime: CampusTime): Message {
  return {
    subject: 'Your data is ready to download',
    blocks: [
      'You asked for everything that is kept about you. It is ready: one zip file with JSON and CSV files in it.',
      `You can download it until ${campusTime(facts.expiresAt)}. Sign in first: nobody else can.`,
      'If you did not ask for it, change your password now.',
    ],
    action: {
      label: 'Download your data',
      url: `${linkBase}/account#export=${encodeURIComponent(facts.exportId)}`,
    },
    isAlwaysMailed: true,
  };
}
