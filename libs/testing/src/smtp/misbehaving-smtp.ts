import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';

/**
 * How the server behaves.
 *
 * `well`; `refusing` (connections are cut at once); `deferring` (451 for every recipient); `rejecting` (550 for
 * every recipient); `hanging` (no answer at all); `cutting` (takes the mail, then cuts the connection instead of
 * saying so); `closed` (554 instead of a greeting); or so many milliseconds before each answer.
 */
export type SmtpMood =
  'well' | 'refusing' | 'deferring' | 'rejecting' | 'hanging' | 'cutting' | 'closed' | { slowMs: number };

/** A mail that arrived whole. */
interface ReceivedMail {
  messageId: string;
  to: string[];
  /** Headers and body as they came. */
  raw: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** Whether the sender received the acknowledgement. */
  acknowledged: boolean;
}

type Answer = (error?: Error | null) => void;

/** An SMTP server that keeps what it gets, and fails as mail servers do, on request. */
export class MisbehavingSmtp {
  readonly mails: ReceivedMail[] = [];
  private mood: SmtpMood = 'well';
  private readonly rejected = new Set<string>();
  private readonly sockets = new Map<number, Socket>();
  private readonly server: SMTPServer;
  private connections = 0;

  private constructor() {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      disableReverseLookup: true,
      logger: false,
      onConnect: (_session, answer) => this.answer(answer, this.greetingFault()),
      onMailFrom: (_address, _session, answer) => this.answer(answer),
      onRcptTo: ({ address }, _session, answer) => this.answer(answer, this.recipientFault(address)),
      onData: (stream, session, answer) => {
        // A connection that is cut while the mail comes in brings no mail, and needs no answer.
        this.take(stream, session, answer).catch(() => undefined);
      },
    });
    this.server.server.prependListener('connection', (socket: Socket) => this.accept(socket));
    this.server.on('error', () => undefined);
  }

  /** A server on a free port of loopback, or on `port` again. */
  static async start(port = 0): Promise<MisbehavingSmtp> {
    const smtp = new MisbehavingSmtp();
    smtp.server.listen(port, '127.0.0.1');
    await once(smtp.server.server, 'listening');
    return smtp;
  }

  /** `smtp://127.0.0.1:<port>`. */
  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  /** Connections accepted so far. */
  get accepted(): number {
    return this.connections;
  }

  /** Behaves so from now on; connections that are open then are cut, as they may be stuck in the mood before. */
  behave(mood: SmtpMood): void {
    this.mood = mood;
    for (const socket of this.sockets.values()) socket.destroy();
  }

  /** Answers 550 for this recipient, whatever the mood. */
  reject(address: string): void {
    this.rejected.add(address);
  }

  /** Mails to `address`, in the order of their arrival. */
  to(address: string): ReceivedMail[] {
    return this.mails.filter((mail) => mail.to.includes(address));
  }

  /** Message ids, each once, of all mails that arrived. */
  get messageIds(): Set<string> {
    return new Set(this.mails.map((mail) => mail.messageId));
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const socket of this.sockets.values()) socket.destroy();
    await closed;
  }

  private accept(socket: Socket): void {
    this.connections += 1;
    if (this.mood === 'refusing') {
      socket.destroy();
      return;
    }
    const port = socket.remotePort ?? 0;
    this.sockets.set(port, socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.sockets.delete(port));
  }

  private answer(answer: Answer, fault?: Error): void {
    if (this.mood === 'hanging') return;
    const waitMs = typeof this.mood === 'object' ? this.mood.slowMs : 0;
    if (waitMs === 0) answer(fault);
    else void delay(waitMs, undefined, { ref: false }).then(() => answer(fault));
  }

  private greetingFault(): Error | undefined {
    return this.mood === 'closed' ? refusal(554, 'No service') : undefined;
  }

  private recipientFault(address: string): Error | undefined {
    if (this.mood === 'deferring') return refusal(451, 'Try again later');
    if (this.mood === 'rejecting' || this.rejected.has(address))
      return refusal(550, `No such user ${address}`);
    return undefined;
  }

  private async take(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    answer: Answer,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    if (this.mood === 'hanging') return;
    const raw = Buffer.concat(chunks).toString('utf8');
    const mail: ReceivedMail = {
      messageId: /^message-id:\s*(\S+)/im.exec(raw)?.[1] ?? '',
      to: session.envelope.rcptTo.map(({ address }) => address),
      raw,
      at: Date.now(),
      acknowledged: this.mood !== 'cutting',
    };
    this.mails.push(mail);
    if (mail.acknowledged) this.answer(answer);
    else this.sockets.get(session.remotePort ?? 0)?.destroy();
  }
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
