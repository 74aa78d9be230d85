import type { Enrollment } from '@registrar/contracts-enrollments';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { serverClock } from '../api/server-clock.ts';
import { useFormat } from '../app/format.ts';
import type { Write } from '../intents/intents.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { dropEffect } from './drop.rules.ts';
import type { DropTimes } from './drop.rules.ts';

interface DropButtonProps {
  readonly enrollment: Pick<Enrollment, 'id' | 'courseId' | 'courseCode' | 'status'>;
  /** Deadlines; undefined while they are not known. */
  readonly times: DropTimes | undefined;
  readonly write: Write;
  /** Of the button that opens the dialog, such as "Drop CS 101". */
  readonly label: string;
}

/** Gives a seat or a waiting place up, after a dialog that names what follows. */
export function DropButton({ enrollment, times, write, label }: DropButtonProps) {
  const { t } = useLingui();
  const format = useFormat();
  const [isAsking, setAsking] = useState(false);
  const effect = dropEffect(enrollment.status, times, serverClock.now());
  const code = enrollment.courseCode;
  const drop = () => {
    setAsking(false);
    const action = enrollment.status === 'waitlisted' ? 'leave-waitlist' : 'drop';
    write.submit({
      method: 'DELETE',
      target: `/api/enrollments/${encodeURIComponent(enrollment.id)}`,
      subject: { action, courseId: enrollment.courseId, courseCode: code },
    });
  };
  const deadline = times && format.moment(times.dropDeadlineAt);
  const ended = times && format.moment(times.withdrawDeadlineAt);
  return (
    <>
      <Button look="danger" small disabled={write.isOpen} onClick={() => setAsking(true)}>
        {label}
      </Button>
      <Dialog
        title={effect === 'leave' ? t`Leave the waitlist of ${code}?` : t`Drop ${code}?`}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
      >
        {effect === 'leave' && (
          <p>
            <Trans>You lose your place. If you join again, you wait behind everybody who waits now.</Trans>
          </p>
        )}
        {effect === 'drop' && (
          <p>
            <Trans>
              Your seat goes to the waitlist at once, and may not be free again. Until {deadline} dropping
              leaves no trace on your record.
            </Trans>
          </p>
        )}
        {effect === 'withdraw' && (
          <p>
            <Trans>
              The drop deadline was {deadline}. This is a withdrawal: it stays on your record. Your seat goes
              to the waitlist at once.
            </Trans>
          </p>
        )}
        {effect === 'too-late' && (
          <p>
            <Trans>Withdrawing ended at {ended}. Ask the registrar if you have to leave this course.</Trans>
          </p>
        )}
        {effect === 'unknown' && (
          <p>
            <Trans>Your seat goes to the waitlist at once, and may not be free again.</Trans>
          </p>
        )}
        <DialogActions>
          <Button onClick={() => setAsking(false)}>{t`Keep`}</Button>
          <Button look="danger" onClick={drop}>{t`Drop`}</Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
