import {
  doesNotMatch,
  eq,
  escapeRegex,
  matches,
  type Matcher,
} from '../prometheus/promql';
import { istioLabels, type Reporter } from './istioLabels';
import type { Reports } from './reportedOnce';

/**
 * How reports of a cluster's own services are told apart in a Prometheus: what went to the same service in another
 * cluster is in that one's figures, and what arrived nowhere stays.
 *
 * @param to - conditions on the requests by which an edge's reporter is chosen
 * @param seen - which clusters report there, by Istio's names, and who does; `istioCluster`: the name to go by where
 * several do, or none says
 */
export function reportsIn(
  to: readonly Matcher[],
  seen: {
    reporting: readonly string[];
    reporters: readonly Reporter[];
    istioCluster: string;
  },
): Omit<Reports, 'metric' | 'matchers' | 'read'> {
  const { reporting, reporters } = seen;
  const home = reporting.length === 1 ? reporting[0] : seen.istioCluster;
  const clusters = (names: readonly string[]) =>
    `(unknown|${names.map(escapeRegex).join('|')})?`;
  return {
    to,
    home,
    ...(reporting.includes(home) && {
      here: matches(istioLabels.destinationCluster, clusters([home])),
      elsewhere: doesNotMatch(
        istioLabels.destinationCluster,
        clusters(reporting),
      ),
      ...(reporting.length > 1 && {
        fromElsewhere: eq(istioLabels.destinationCluster, home),
      }),
    }),
    ...(reporters.length > 0 && { reporters }),
  };
}
