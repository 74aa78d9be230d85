import { pickPorts } from '../process/ports.ts';
import type { BackingPorts } from './part.ts';

/** Where the backing services listen when nothing else does. */
const usualPorts: BackingPorts = {
  redis: 6379,
  kafka: 9092,
  kafkaController: 9093,
  dynamodb: 8000,
  smtp: 1025,
  mailPage: 1080,
};

const anyPorts: BackingPorts = { redis: 0, kafka: 0, kafkaController: 0, dynamodb: 0, smtp: 0, mailPage: 0 };

/** Ports for the backing services: the usual ones as far as they are free, or any free ones. */
export function pickBackingPorts(kind: 'usual' | 'free'): Promise<BackingPorts> {
  return pickPorts({ ...(kind === 'usual' ? usualPorts : anyPorts) });
}
