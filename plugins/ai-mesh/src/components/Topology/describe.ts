import type {
  Onset,
  Topology,
  TopologyEdge,
  TopologyNode,
  Traffic,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Format } from '../../format';
import type { Translate } from '../../translation';
import { isSystemRef } from '../../isSystem';
import { read } from '../Figures';
import { describeEncryption } from '../Marks';

/** A dash stands for what is not known. */
export const UNKNOWN = '–';

/** Rate, errors and p95 in short, for the few pixels that a label has. */
export function shortFigures(traffic: Traffic, format: Format) {
  const count =
    traffic.requestCount.status === 'known'
      ? traffic.requestCount.value
      : undefined;
  return {
    rate:
      traffic.requestsPerSecond.status === 'known'
        ? format.rate(traffic.requestsPerSecond.value)
        : UNKNOWN,
    errors:
      traffic.errorRatio.status === 'known'
        ? format.shareShort(traffic.errorRatio.value, count)
        : UNKNOWN,
    p95:
      traffic.p95.status === 'known'
        ? format.durationShort(traffic.p95.value.valueMs)
        : UNKNOWN,
  };
}

/** What a call's label says, line by line; TCP has neither errors nor latency. */
export function edgeLines(
  edge: TopologyEdge,
  format: Format,
  t: Translate,
): string[] {
  if (edge.protocol === 'tcp' && edge.tcp) {
    const { connectionsOpenedPerSecond, sentBytesPerSecond } = edge.tcp;
    const shown = (reading: ReturnType<typeof read>) =>
      reading.status === 'known' ? reading.text : UNKNOWN;
    return [
      shown(
        read(connectionsOpenedPerSecond, t, value => ({
          value,
          text: format.connections(value),
          exact: '',
        })),
      ),
      shown(
        read(sentBytesPerSecond, t, value => ({
          value,
          text: format.bytesPerSecond(value),
          exact: '',
        })),
      ),
    ];
  }
  const { rate, errors, p95 } = shortFigures(edge.traffic, format);
  return [
    rate,
    edge.onset?.of === 'errors'
      ? t('topology.edge.lately', {
          percent: format.shareShort(edge.onset.ratio, edge.onset.requests),
        })
      : t('topology.edge.errors', { percent: errors }),
    t('topology.edge.p95', { value: p95 }),
  ];
}

/** What has begun within the last minute. */
export function onsetSentence(
  { of, ratio, requests, before }: Onset,
  format: Format,
  t: Translate,
): string {
  return t(`topology.onset.${of}`, {
    percent: format.shareShort(ratio, requests),
    before: format.percent(before),
  });
}

/**
 * A call as one sentence, for those who do not see the graph.
 *
 * @param lines - what its label says
 */
export function edgeName(
  edge: TopologyEdge,
  topology: Topology,
  format: Format,
  t: Translate,
  lines = edgeLines(edge, format, t),
): string {
  return t('topology.edge.name', {
    source: nameOf(topology, edge.source),
    target: nameOf(topology, edge.target),
    figures: lines.join(t('text.and')),
    // A reason ends its own sentence.
    encryption: describeEncryption(edge.encryption, format, t).replace(
      /[.。]$/,
      '',
    ),
  });
}

/** What a badge says; a circuit breaker also says its state. */
export function badgeName(
  node: TopologyNode,
  badge: TopologyNode['badges'][number],
  t: Translate,
): string {
  const detail =
    badge.kind === 'circuit-breaker'
      ? `${badge.detail}${t('text.aside', {
          text: t(`breaker.status.${node.breaker.status}`),
        })}`
      : badge.detail;
  return t(`topology.badge.${badge.kind}`, { detail });
}

/** The part that a node has in an outage. */
export function hurtOf(
  { outage }: Topology,
  nodeId: string,
  t: Translate,
): string | undefined {
  if (outage.status !== 'found') {
    return undefined;
  }
  if (outage.origins.some(({ node }) => node === nodeId)) {
    return t('topology.hurt.isOrigin');
  }
  return outage.suffering.some(({ node }) => node === nodeId)
    ? t('topology.hurt.isSuffering')
    : undefined;
}

/** A System's are its components', and none of them is it. */
export function whoseOwn(
  { entityRef }: Pick<Topology, 'entityRef'>,
  t: Translate,
): string {
  return t(
    isSystemRef(entityRef) ? 'topology.node.ofSystem' : 'topology.node.own',
  );
}

/** Worth a word only where a proxy is missing. */
export function proxyRemark(
  node: TopologyNode,
  t: Translate,
): string | undefined {
  if (node.kind === 'external') {
    return undefined;
  }
  if (node.proxy === 'none') {
    return t('topology.node.noProxy');
  }
  return node.proxy === 'mixed' ? t('topology.node.mixedProxy') : undefined;
}

type Named = Pick<TopologyNode, 'id' | 'name' | 'namespace' | 'cluster'>;

/** A node's name by its id, with its cluster or namespace where one elsewhere has the same. */
export function nameOf(
  topology: { nodes: readonly Named[] },
  nodeId: string,
): string {
  const node = topology.nodes.find(({ id }) => id === nodeId);
  if (!node) {
    return nodeId;
  }
  const namesakes = topology.nodes.filter(({ name }) => name === node.name);
  const place = (['cluster', 'namespace'] as const)
    .filter(part => namesakes.some(other => other[part] !== node[part]))
    .flatMap(part => node[part] ?? []);
  return place.length > 0 ? `${node.name} (${place.join('/')})` : node.name;
}
