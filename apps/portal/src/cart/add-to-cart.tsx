import { Trans, useLingui } from '@lingui/react/macro';
import { useSession } from '../app/session-hooks.ts';
import { pathOfSemester, paths } from '../app/paths.ts';
import { signInRequest } from '../app/sign-in-request.ts';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Status } from '../ui/status.tsx';
import { cart, useCart } from './cart.ts';
import type { CartItem } from './cart.rules.ts';
import { mostItems } from './cart.rules.ts';

interface AddToCartProps {
  readonly course: Pick<Course, 'id' | 'semesterId' | 'code'>;
  /** What is chosen with the course. */
  readonly choice: Pick<CartItem, 'linked' | 'credits' | 'joinWaitlist'>;
}

/** Puts a course into the cart, with what is chosen; then leads to the cart. */
export function AddToCart({ course, choice }: AddToCartProps) {
  const { t } = useLingui();
  const { user } = useSession();
  const items = useCart(course.semesterId);
  const item = items.find(({ courseId }) => courseId === course.id);
  const add = () => cart.put(course.semesterId, { courseId: course.id, ...choice });
  if (item === undefined && items.length >= mostItems)
    return (
      <Status tone="warn">
        <Trans>Your cart is full</Trans>
      </Status>
    );
  if (item === undefined)
    return (
      <Button onClick={() => (user === undefined ? signInRequest.open() : add())}>{t`Add to cart`}</Button>
    );
  const differs = item.linked.join() !== choice.linked.join() || item.credits !== choice.credits;
  return (
    <>
      <ButtonLink href={pathOfSemester(paths.register, course.semesterId)}>{t`In your cart`}</ButtonLink>
      {differs && choice.linked.length > 0 && <Button onClick={add}>{t`Change in cart`}</Button>}
    </>
  );
}
