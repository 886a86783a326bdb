import type { RouteRule, ServiceRef } from '@ai-mesh/plugin-ai-mesh-common';
import { Link } from '@backstage/core-components';
import { useAiMeshTranslation } from '../../translation';

/** Kinds whose weights a canary can move. */
const movable = ['VirtualService', 'HTTPRoute', 'GRPCRoute'];

/** The way to the form that asks for a canary on this rule, where a rule is of a kind that has weights to move. */
export function StartCanaryLink(props: {
  rule: RouteRule;
  /** Its position, from 1. */
  number: number;
  service: ServiceRef;
}) {
  const { rule, number, service } = props;
  const { object, name, protocol, destinations } = rule;
  const { t } = useAiMeshTranslation();
  const weighted =
    movable.includes(object.kind) &&
    (protocol === 'http' || protocol === 'grpc') &&
    destinations.length > 0 &&
    rule.reachable;
  if (!weighted) {
    return null;
  }
  const search = new URLSearchParams({
    service: `${service.cluster}/${service.namespace}/${service.name}`,
    route: [object.kind, object.namespace, object.name, name]
      .filter(part => part !== undefined)
      .join('/'),
  });
  return (
    <Link
      to={`../canary/new?${search}`}
      aria-label={t('traffic.rule.canaryOn', { number: String(number) })}
    >
      {t('traffic.rule.canary')}
    </Link>
  );
}
