import { pickPorts } from '../process/ports.ts';
import type { BackingPorts } from './part.ts';

/** Where the backing services listen when nothing else does. */
export const usualPorts: BackingPorts = {
  redis: 6379,
  kafka: 9092,
  kafkaController: 9093,
  dynamodb: 8000,
  smtp: 1025,
  mailPage: 1080,
};

/** Ports for the backing services: the usual ones as far as they are free, or any free ones. */
export async function pickBackingPorts(kind: 'usual' | 'free'): Promise<BackingPorts> {
  const wish = (name: keyof BackingPorts): number => (kind === 'usual' ? usualPorts[name] : 0);
  const names = ['redis', 'kafka', 'kafkaController', 'dynamodb', 'smtp', 'mailPage'] as const;
  const ports = { ...usualPorts };
  for (const [index, port] of (await pickPorts(names.map(wish))).entries())
    ports[names[index] ?? 'redis'] = port;
  return ports;
}
