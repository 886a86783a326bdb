import { countBy, eq, selector } from '../../prometheus/promql';
import type { ClusterTelemetry } from '../../telemetry';
import { istioLabels, istioMetrics, named } from '../../telemetry/istioLabels';
import type { NamespacedName } from '../../telemetry/TrafficScope';

const PRINCIPAL = 'destination_principal';

/** The identities that a service's own workloads were called by, without `spiffe://`; none where nothing tells. */
export async function seenPrincipals(
  telemetry: ClusterTelemetry,
  { namespace, name }: NamespacedName,
): Promise<string[]> {
  const rows = await telemetry.rates(
    'encryption',
    countBy(
      [PRINCIPAL],
      selector(
        istioMetrics.requests,
        eq(istioLabels.reporter, 'destination'),
        eq(istioLabels.destinationService, name),
        eq(istioLabels.destinationServiceNamespace, namespace),
      ),
    ),
  );
  return rows.status === 'unknown'
    ? []
    : rows.value.flatMap(
        ({ labels }) =>
          named(labels, PRINCIPAL)?.replace(/^spiffe:\/\//, '') ?? [],
      );
}
