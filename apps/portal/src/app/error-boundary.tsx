import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Component } from 'react';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/status.tsx';

/** Keeps a fault of one screen from emptying the page; it offers to load the page again. */
export class ErrorBoundary extends Component<
  { readonly children: ReactNode },
  { readonly isBroken: boolean }
> {
  override state = { isBroken: false };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  override render() {
    if (!this.state.isBroken) return this.props.children;
    return (
      <Notice
        tone="bad"
        role="alert"
        actions={
          <Button onClick={() => location.reload()}>
            <Trans>Retry</Trans>
          </Button>
        }
      >
        <Trans>This page could not be shown. Nothing that you sent is lost.</Trans>
      </Notice>
    );
  }
}
