'use client';
// Keeps an error of one part of the page inside that part, which can be tried again.
import { Component, type ReactNode } from 'react';

export interface ErrorBoundaryProps {
  /** What stands in its place; a function gets how to try again. */
  readonly fallback: ReactNode | ((retry: () => void) => ReactNode);
  readonly children: ReactNode;
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  readonly #retry = (): void => this.setState({ failed: false });

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    const { fallback } = this.props;
    return typeof fallback === 'function' ? fallback(this.#retry) : fallback;
  }
}
