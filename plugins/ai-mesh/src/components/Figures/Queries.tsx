import type { QueryTrace, Window } from '@ai-mesh/plugin-ai-mesh-common';
import { createContext, ReactNode, useContext, useMemo } from 'react';

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
  const value = useMemo(() => ({ window, queries }), [window, queries]);
  return (
    <QueriesContext.Provider value={value}>{children}</QueriesContext.Provider>
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
