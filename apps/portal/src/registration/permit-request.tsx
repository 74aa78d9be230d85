import { Trans, useLingui } from '@lingui/react/macro';
import { useId, useState } from 'react';
import { FormFault } from '../forms/form-fault.tsx';
import { useForm } from '../forms/use-form.ts';
import { useSession } from '../app/session-hooks.ts';
import { signInRequest } from '../app/sign-in-request.ts';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { Form, TextArea } from '../ui/field.tsx';
import { Status } from '../ui/status.tsx';
import { usePermitRequest } from './use-permits.ts';

const mostCharacters = 500;

/** Asks for a permit for a course, and says how the request stands. */
export function PermitRequest({ course }: { readonly course: Pick<Course, 'id' | 'code'> }) {
  const { t } = useLingui();
  const [isAsking, setAsking] = useState(false);
  const { user } = useSession();
  const { state, request } = usePermitRequest(course.id);
  if (state === 'open')
    return (
      <span role="status">
        <Status tone="waiting">
          <Trans>You asked for a permit. You are told when it is decided.</Trans>
        </Status>
      </span>
    );
  return (
    <>
      {state === 'declined' && (
        <Status tone="bad">
          <Trans>Your request for a permit was declined.</Trans>
        </Status>
      )}
      <Button small onClick={() => (user === undefined ? signInRequest.open() : setAsking(true))}>
        {state === 'declined' ? t`Ask for a permit again` : t`Ask for a permit`}
      </Button>
      {isAsking && <RequestDialog course={course} request={request} onClose={() => setAsking(false)} />}
    </>
  );
}

interface RequestDialogProps {
  readonly course: Pick<Course, 'code'>;
  readonly request: (reason: string) => Promise<void>;
  readonly onClose: () => void;
}

function RequestDialog({ course: { code }, request, onClose }: RequestDialogProps) {
  const { t } = useLingui();
  const id = useId();
  const [state, send, isSending] = useForm(async ({ reason = '' }) => request(reason));
  return (
    <Dialog title={t`Ask for a permit for ${code}`} isOpen onClose={onClose}>
      <Form action={send}>
        <FormFault state={state} />
        <TextArea
          id={id}
          name="reason"
          label={t`Reason`}
          hint={t`Say in a few sentences why you should take the course. Its instructors read this.`}
          required
          maxLength={mostCharacters}
          defaultValue={state.values['reason'] ?? ''}
          fault={state.faults['reason']}
        />
        <DialogActions>
          <Button onClick={onClose}>{t`Cancel`}</Button>
          <Button type="submit" look="primary" disabled={isSending}>{t`Send request`}</Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
