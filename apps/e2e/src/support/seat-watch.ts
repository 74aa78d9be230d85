import { once } from 'node:events';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { enrollmentRoutes } from '@registrar/contracts-enrollments';
import type { PublicSeats } from '@registrar/contracts-enrollments';
import { requestOf } from '@registrar/contracts-http';

/** Watches the live seats of a course, as a waiting student's page does. */
export class SeatWatch {
  private latest: PublicSeats | undefined;

  private constructor(private readonly answer: IncomingMessage) {
    createInterface({ input: answer }).on('line', (line) => {
      if (line.startsWith('data: ')) this.latest = JSON.parse(line.slice('data: '.length)) as PublicSeats;
    });
    answer.on('error', () => undefined);
  }

  static async open(gatewayUrl: string, courseId: string): Promise<SeatWatch> {
    const ask = { params: { id: courseId }, headers: { accept: 'text/event-stream' } };
    const { target, headers } = requestOf(enrollmentRoutes.getSeats, ask);
    const request = get(`${gatewayUrl}${target}`, { headers, agent: false });
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    if (answer.statusCode !== 200) throw new Error(`no stream of seats: ${answer.statusCode ?? 0}`);
    return new SeatWatch(answer);
  }

  /** What it showed last. */
  get seats(): PublicSeats | undefined {
    return this.latest;
  }

  close(): void {
    this.answer.destroy();
  }
}
