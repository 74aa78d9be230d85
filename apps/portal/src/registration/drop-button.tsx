import type { Enrollment } from '@registrar/contracts-enrollments';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useFormat } from '../app/format.ts';
import { useServerNow } from '../app/server-time.ts';
import type { Write } from '../intents/intents.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { dropEffect } from './drop.rules.ts';
import type { DropEffect, DropTimes } from './drop.rules.ts';

interface DropButtonProps {
  readonly enrollment: Pick<Enrollment, 'id' | 'courseId' | 'courseCode' | 'status'>;
  /** Deadlines; undefined while they are not known. */
  readonly times: DropTimes | undefined;
  readonly write: Write;
  /** Names of the courses that are dropped along. */
  readonly along?: readonly string[];
  /** Of the button that opens the dialog, such as "Drop CS 101". */
  readonly label: string;
}

/** Gives a seat or a waiting place up, after a dialog that names what follows. */
export function DropButton({ enrollment, times, write, along = [], label }: DropButtonProps) {
  const [isAsking, setAsking] = useState(false);
  const drop = () => {
    setAsking(false);
    const { id, courseId, courseCode, status } = enrollment;
    const action = status === 'waitlisted' ? 'leave-waitlist' : 'drop';
    write.submit({
      method: 'DELETE',
      target: `/api/enrollments/${encodeURIComponent(id)}`,
      subject: { action, courseId, courseCode },
    });
  };
  return (
    <>
      <Button look="danger" small disabled={write.isOpen} onClick={() => setAsking(true)}>
        {label}
      </Button>
      {isAsking && (
        <DropDialog
          enrollment={enrollment}
          times={times}
          along={along}
          drop={drop}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

interface DropDialogProps extends Pick<DropButtonProps, 'enrollment' | 'times'> {
  readonly along: readonly string[];
  readonly drop: () => void;
  readonly onClose: () => void;
}

/** Names what follows from dropping now; a deadline that passes meanwhile changes that, and is said. */
function DropDialog({ enrollment, times, along, drop, onClose }: DropDialogProps) {
  const { t } = useLingui();
  const effect = dropEffect(enrollment.status, times, useServerNow(1_000));
  const code = enrollment.courseCode;
  const others = useFormat().list(along, 'and');
  return (
    <Dialog
      title={effect === 'leave' ? t`Leave the waitlist of ${code}?` : t`Drop ${code}?`}
      isOpen
      onClose={onClose}
    >
      <p role="status">
        <Consequence effect={effect} times={times} />
      </p>
      {along.length > 0 && (
        <p>
          <Trans>
            Taken together with it, and dropped with it: <strong>{others}</strong>.
          </Trans>
        </p>
      )}
      <DialogActions>
        <Button onClick={onClose}>{t`Keep`}</Button>
        <Button look="danger" disabled={effect === 'too-late'} onClick={drop}>{t`Drop`}</Button>
      </DialogActions>
    </Dialog>
  );
}

interface ConsequenceProps {
  readonly effect: DropEffect;
  readonly times: DropTimes | undefined;
}

function Consequence({ effect, times }: ConsequenceProps) {
  const format = useFormat();
  const deadline = times && format.moment(times.dropDeadlineAt);
  const ended = times && format.moment(times.withdrawDeadlineAt);
  switch (effect) {
    case 'leave':
      return <Trans>You lose your place. If you join again, you wait behind everybody who waits now.</Trans>;
    case 'drop':
      return (
        <Trans>
          Your seat goes to the waitlist at once, and may not be free again. Until {deadline} dropping leaves
          no trace on your record.
        </Trans>
      );
    case 'withdraw':
      return (
        <Trans>
          The drop deadline was {deadline}. This is a withdrawal: it stays on your record. Your seat goes to
          the waitlist at once.
        </Trans>
      );
    case 'too-late':
      return <Trans>Withdrawing ended at {ended}. Ask the registrar if you have to leave this course.</Trans>;
    case 'unknown':
      return <Trans>Your seat goes to the waitlist at once, and may not be free again.</Trans>;
  }
}
