import type { ComponentProps } from 'react';
import { Link } from '../app/navigation.ts';
import styles from './button.module.css';
import { classes } from './classes.ts';

/** How a control looks; one primary at most in a view. */
export interface ButtonLook {
  readonly look?: 'normal' | 'primary' | 'danger' | 'plain';
  readonly small?: boolean;
}

function classOf({ look = 'normal', small = false }: ButtonLook, more?: string): string {
  return classes(styles['button'], look !== 'normal' && styles[look], small && styles['small'], more);
}

/** A button. It is never of type `submit` unless asked. */
export function Button({ look, small, className, ...rest }: ButtonLook & ComponentProps<'button'>) {
  return (
    <button
      type="button"
      className={classOf({ ...(look && { look }), ...(small && { small }) }, className)}
      {...rest}
    />
  );
}

/** A link that looks like a button: it goes somewhere. `isOutside`: not to a screen of the portal. */
export function ButtonLink({
  look,
  small,
  isOutside = false,
  ...rest
}: ButtonLook & {
  readonly href: string;
  readonly children: React.ReactNode;
  readonly id?: string;
  readonly isOutside?: boolean;
}) {
  const Element = isOutside ? 'a' : Link;
  return <Element className={classOf({ ...(look && { look }), ...(small && { small }) })} {...rest} />;
}
