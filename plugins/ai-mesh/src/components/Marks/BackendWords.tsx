import type { ReactNode } from 'react';

/**
 * Words of the backend, or of what it asked (an API server, Prometheus, Kiali): English, whatever the reader's
 * language. Marked so, for screen readers to pronounce and browsers to translate.
 */
export function BackendWords(props: { children: ReactNode }) {
  return <span lang="en">{props.children}</span>;
}
