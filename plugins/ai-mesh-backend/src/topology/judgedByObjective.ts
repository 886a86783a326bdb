import {
  said,
  wording,
  type Health,
  type TopologyNode,
  type WorstSlo,
} from '@ai-mesh/plugin-ai-mesh-common';
import { nameIn } from '../nameIn';
import { percent } from '../telemetry';

/** The worst first. */
const SEVERITY: readonly Health['status'][] = [
  'failing',
  'slow',
  'degraded',
  'unknown',
  'healthy',
];

/**
 * Judges the entity's own services also by what was promised of them: an objective that pages fails a service (a latency
 * objective makes it slow), one that burns its budget slower than that degrades it. Never better than their traffic says.
 *
 * @param worst - the entity's objective that stands worst; undefined where none is known
 */
export function judgedByObjective(
  nodes: readonly TopologyNode[],
  worst: WorstSlo | undefined,
): TopologyNode[] {
  if (!worst || !isSound(worst)) {
    return [...nodes];
  }
  const { alert, cluster, model, objective: name, nameWords, target } = worst;
  if (alert !== 'page' && alert !== 'ticket') {
    return [...nodes];
  }
  const status = statusOf(worst);
  const { params, terms } = nameIn(model ? 'objectiveName' : 'objective', {
    name,
    nameWords,
  });
  return nodes.map(node => {
    const { kind, relation, health } = node;
    if (
      kind !== 'service' ||
      relation !== 'own' ||
      (cluster !== undefined && node.cluster !== cluster) ||
      SEVERITY.indexOf(health.status) <= SEVERITY.indexOf(status)
    ) {
      return node;
    }
    return {
      ...node,
      health: {
        status,
        ...said(
          ...(health.words ?? [wording('verbatim', { text: health.message })]),
          wording(
            `slo.burns.${alert}`,
            { ...params, model, target: percent(target) },
            {
              ...terms,
              ...(model && { objective: 'objective.ofModel' }),
            },
          ),
        ),
      },
      objective: { name, model, target, alert },
    };
  });
}

/** Few events burn a budget by chance; and what burns slowly is told by days, of which a young one knows minutes. */
function isSound({ alert, lowTraffic, youngWithinSeconds }: WorstSlo): boolean {
  return !lowTraffic && (alert === 'page' || youngWithinSeconds === undefined);
}

function statusOf({ alert, indicator }: WorstSlo): Health['status'] {
  if (alert === 'ticket') {
    return 'degraded';
  }
  return indicator === 'latency' ? 'slow' : 'failing';
}
