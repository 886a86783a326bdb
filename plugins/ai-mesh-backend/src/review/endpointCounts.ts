import type { Endpoints, Measured } from '@ai-mesh/plugin-ai-mesh-common';
import { endpointsOf } from '../kubernetes/endpointsOf';
import type { ReviewSubject } from './ReviewSubject';

/**
 * How many endpoints of the service, or of a subset of it, a caller in this cluster may see, ready and not: those of the
 * entity's other clusters as well, each of them, or one gateway for all where they are in another network. The least and
 * the most; undefined where some cluster does not tell.
 *
 * @param own - those in this cluster
 */
export function endpointCounts(
  { elsewhere, service }: ReviewSubject,
  own: Measured<Endpoints>,
  labels?: Readonly<Record<string, string>>,
): readonly number[] | undefined {
  const { namespace, name } = service;
  const far = elsewhere.map(({ snapshot }) =>
    endpointsOf(snapshot, namespace, name, labels),
  );
  const totals: number[] = [];
  for (const endpoints of [own, ...far]) {
    if (endpoints.status === 'unknown') {
      return undefined;
    }
    totals.push(endpoints.value.total);
  }
  const [here, ...there] = totals;
  const sum = there.reduce((all, one) => all + one, 0);
  return [...new Set([here + Math.min(1, sum), here + sum])];
}
