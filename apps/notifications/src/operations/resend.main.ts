import { resend } from './resend.ts';

process.exitCode = await resend(process.argv.slice(2), process.env, (line) =>
  process.stdout.write(`${line}\n`),
);
