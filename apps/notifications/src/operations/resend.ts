import { parseArgs } from 'node:util';
import { createDynamo } from '@registrar/dynamodb';
import { MailClaims } from '../mail/mail-claims.repository.ts';
import { MailStates } from '../mail/mail-states.repository.ts';
import { serviceName, tables } from '../service-parts.ts';

const usage = `Queues mails again that have failed; a running notifications service sends them within seconds.

  resend --all              every mail that has failed
  resend --id <ntf_...>     one mail; may be given several times
  resend --list             shows what has failed, and changes nothing

Reads DYNAMODB_ENDPOINT (unset: AWS), AWS_REGION and TABLE_PREFIX as the service does.
`;

const perShard = 1_000;

/** Runs the command; gives the exit code. */
export async function resend(
  args: string[],
  env: NodeJS.ProcessEnv,
  print: (line: string) => void,
): Promise<number> {
  const options = {
    all: { type: 'boolean' },
    list: { type: 'boolean' },
    id: { type: 'string', multiple: true },
  } as const;
  const { values } = parseArgs({ args, options });
  const { all = false, list = false, id: ids = [] } = values;
  if (!all && !list && ids.length === 0) {
    print(usage);
    return 2;
  }
  const config = {
    DYNAMODB_ENDPOINT: env['DYNAMODB_ENDPOINT'],
    AWS_REGION: env['AWS_REGION'] ?? 'us-east-1',
    TABLE_PREFIX: env['TABLE_PREFIX'] ?? 'registrar_',
  };
  const dynamo = createDynamo({ service: serviceName, tables, config });
  try {
    const failed =
      all || list ? await new MailStates(dynamo).before('failed', Number.MAX_SAFE_INTEGER, perShard) : [];
    if (list) for (const mail of failed) print(`${mail.id} ${new Date(mail.mail_due_at).toISOString()}`);
    if (list) return 0;
    const claims = new MailClaims(dynamo);
    let requeued = 0;
    for (const id of [...failed.map((mail) => mail.id), ...ids]) {
      if (await claims.requeue(id, claims.now())) requeued += 1;
      else print(`${id} has not failed; it is left as it is.`);
    }
    print(`${requeued} queued again.`);
    return 0;
  } finally {
    dynamo.close();
  }
}
