import type { RouteRule, ServiceRef } from '@ai-mesh/plugin-ai-mesh-common';
import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../translation';

/** Kinds whose weights a canary can move. */
const movable = ['VirtualService', 'HTTPRoute', 'GRPCRoute'];

/** The way to the form that asks for a canary on this rule, where a rule is of a kind that has weights to move; or why there is none. */
export function StartCanaryLink(props: {
  rule: RouteRule;
  /** Its position, from 1. */
  number: number;
  service: ServiceRef;
  /** The portal does not write to the service's cluster. */
  readOnly?: boolean;
}) {
  const { rule, number, service, readOnly } = props;
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
  if (readOnly) {
    return (
      <Typography variant="body2" component="span" color="textSecondary">
        {t('canary.may.readOnly', { clusters: service.cluster })}
      </Typography>
    );
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
