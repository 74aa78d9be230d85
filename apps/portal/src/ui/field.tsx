import type { ComponentProps, ReactNode } from 'react';
import { useId } from 'react';
import styles from './field.module.css';
import { Icon } from './icon.tsx';

interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong with it, and what to do. */
  readonly fault?: string | undefined;
}

/** A label over its control, with its hint and its fault, which are read with it. */
function Labelled({ id, label, hint, fault, children }: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>{label}</label>
      {hint && (
        <div id={`${id}-hint`} className={styles['hint']}>
          {hint}
        </div>
      )}
      {children}
      {fault && (
        <div id={`${id}-fault`} className={styles['fault']}>
          <Icon name="warning" />
          <span>{fault}</span>
        </div>
      )}
    </div>
  );
}

/** What a control says of its hint and its fault. */
function describedBy(id: string, { hint, fault }: Pick<FieldProps, 'hint' | 'fault'>) {
  const described = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ');
  return { 'aria-invalid': fault !== undefined, 'aria-describedby': described || undefined };
}

/** A labelled text field; its hint and fault are read with it. */
export function TextField({ label, hint, fault, ...rest }: FieldProps & ComponentProps<'input'>) {
  const made = useId();
  const id = rest.id ?? made;
  return (
    <Labelled id={id} label={label} hint={hint} fault={fault}>
      <input className={styles['control']} {...describedBy(id, { hint, fault })} {...rest} id={id} />
    </Labelled>
  );
}

/** A labelled field for a few sentences; its hint and fault are read with it. */
export function TextArea({ label, hint, fault, ...rest }: FieldProps & ComponentProps<'textarea'>) {
  const made = useId();
  const id = rest.id ?? made;
  return (
    <Labelled id={id} label={label} hint={hint} fault={fault}>
      <textarea
        className={styles['control']}
        rows={4}
        {...describedBy(id, { hint, fault })}
        {...rest}
        id={id}
      />
    </Labelled>
  );
}

/** A choice of one among a few. */
export function SelectField({
  label,
  children,
  ...rest
}: { readonly label: string; readonly children: ReactNode } & ComponentProps<'select'>) {
  const id = useId();
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>{label}</label>
      <select id={id} className={styles['control']} {...rest}>
        {children}
      </select>
    </div>
  );
}

/** A box to tick. */
export function CheckField({ label, ...rest }: { readonly label: string } & ComponentProps<'input'>) {
  const id = useId();
  return (
    <div className={styles['check']}>
      <input id={id} type="checkbox" {...rest} />
      <label htmlFor={id}>{label}</label>
    </div>
  );
}

/** Fields under one another. Faults are said by us, in the reader's language, all at once. */
export function Form(props: ComponentProps<'form'>) {
  return <form className={styles['form']} noValidate {...props} />;
}
