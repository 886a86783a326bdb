import type { QueryTrace, Window } from '@ai-mesh/plugin-ai-mesh-common';
import isEqual from 'fast-deep-equal';
import { createContext, ReactNode, useContext, useRef } from 'react';

interface QueriesOfAnswer {
  window?: Window;
  queries: QueryTrace[];
}

const QueriesContext = createContext<QueriesOfAnswer>({ queries: [] });

/** Lets every figure below it say which query it is from. */
export function Queries(props: {
  window?: Window;
  queries: QueryTrace[];
  children: ReactNode;
}) {
  const { window, queries, children } = props;
  const value = useRef({ window, queries });
  // Another answer to the same questions draws no figure anew that says the same.
  if (!isEqual(value.current, { window, queries })) {
    value.current = { window, queries };
  }
  return (
    <QueriesContext.Provider value={value.current}>
      {children}
    </QueriesContext.Provider>
  );
}

/** The queries of one kind, on one cluster or on all. */
export function useQueries(id?: QueryTrace['id'], cluster?: string) {
  const { window, queries } = useContext(QueriesContext);
  return {
    window,
    queries: queries.filter(
      query =>
        (id === undefined || query.id === id) &&
        (cluster === undefined || query.cluster === cluster),
    ),
  };
}
