import type { ReactNode } from 'react';

/** What somebody else says, as it is: Kiali knows no other language than English. */
export function Quoted(props: { children: ReactNode }) {
  return <q lang="en">{props.children}</q>;
}
