import { auditTopic } from '@registrar/contracts-gateway';
import type { AuditEventData } from '@registrar/contracts-gateway';
import { createKafka, readTopic } from '@registrar/messaging';
import { stackBrokers } from '@registrar/testing';

/** Every audit record that was published on the topics of a test, each once, the oldest first. */
export async function auditRecords(prefix: string): Promise<AuditEventData[]> {
  const kafka = createKafka({ brokers: stackBrokers(), clientId: 'audit-test' });
  const found = new Map<string, AuditEventData>();
  await readTopic(kafka, prefix + auditTopic.name, ({ value }) => {
    const { id, data } = JSON.parse(String(value)) as { id: string; data: AuditEventData };
    found.set(id, data);
    return Promise.resolve();
  });
  return [...found.values()].sort((a, b) => (a.at < b.at ? -1 : 1));
}
