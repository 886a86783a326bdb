import { z } from 'zod';
import { listInTurns, mapInTurns } from '../target/schemaInTurns';
import type {
  KialiEdge,
  KialiGraph,
  KialiNode,
  KialiRates,
  KialiTraffic,
} from './KialiGraph';
import { number } from './number';

const rates = mapInTurns(number);
const trafficSchema = z.object({
  protocol: z.string().default(''),
  rates: rates.nullish(),
});
const nodeSchema = z.looseObject({
  id: z.string(),
  parent: z.string().optional(),
  nodeType: z.string().default('unknown'),
  cluster: z.string().default(''),
  namespace: z.string().default(''),
  workload: z.string().optional(),
  app: z.string().optional(),
  version: z.string().optional(),
  service: z.string().optional(),
  destServices: listInTurns(
    z.object({
      cluster: z.string().default(''),
      namespace: z.string().default(''),
      name: z.string(),
    }),
  ).nullish(),
  traffic: listInTurns(trafficSchema).nullish(),
});
const edgeSchema = z.object({
  id: z.string(),
  source: z.string(),
  target: z.string(),
  traffic: trafficSchema.nullish(),
  isMTLS: number.optional(),
  responseTime: number.optional(),
  throughput: number.optional(),
});
const graphSchema = z.object({
  timestamp: number,
  duration: number,
  graphType: z.string(),
  elements: z.object({
    nodes: listInTurns(
      z.object({ data: nodeSchema.transform(readNode) }),
    ).nullish(),
    edges: listInTurns(
      z.object({ data: edgeSchema.transform(readEdge) }),
    ).nullish(),
  }),
});

/**
 * Reads an answer of Kiali's graph API, whatever its version.
 *
 * @throws ZodError where it is none
 */
export async function parseGraph(json: unknown): Promise<KialiGraph> {
  const { timestamp, duration, graphType, elements } =
    await graphSchema.parseAsync(json);
  return {
    timestamp,
    durationSeconds: duration,
    graphType,
    nodes: (elements.nodes ?? []).map(({ data }) => data),
    edges: (elements.edges ?? []).map(({ data }) => data),
  };
}

function readNode({
  destServices,
  traffic,
  id,
  nodeType,
  cluster,
  namespace,
  ...data
}: z.infer<typeof nodeSchema>): KialiNode {
  const { parent, workload, app, version, service } = data;
  return {
    id,
    ...(parent !== undefined && { parent }),
    nodeType,
    cluster,
    namespace,
    ...(workload !== undefined && { workload }),
    ...(app !== undefined && { app }),
    ...(version !== undefined && { version }),
    ...(service !== undefined && { service }),
    destinationServices: destServices ?? [],
    traffic: (traffic ?? []).map(readTraffic),
    // Some marks are booleans, some objects with details, one is a text: that they are there is what counts.
    marks: Object.keys(data)
      .filter(name => /^(has|is)[A-Z]/.test(name) && Boolean(data[name]))
      .sort(),
  };
}

function readEdge({
  id,
  source,
  target,
  traffic,
  isMTLS,
  responseTime,
  throughput,
}: z.infer<typeof edgeSchema>): KialiEdge {
  return {
    id,
    source,
    target,
    ...(traffic?.protocol && { traffic: readTraffic(traffic) }),
    ...(isMTLS !== undefined && { mtlsShare: isMTLS / 100 }),
    ...(responseTime !== undefined && { responseTimeMs: responseTime }),
    ...(throughput !== undefined && { throughput }),
  };
}

function readTraffic(traffic: z.infer<typeof trafficSchema>): KialiTraffic {
  const { protocol } = traffic;
  const named = traffic.rates ?? new Map<string, number>();
  return {
    protocol,
    // A node's rates are named `httpIn`, `httpIn5xx`, an edge's `http`, `http5xx`.
    received: readRates(named, [`${protocol}In`, protocol]),
    sent: readRates(named, [`${protocol}Out`]),
  };
}

function readRates(
  named: ReadonlyMap<string, number>,
  prefixes: readonly string[],
): KialiRates {
  const rate = (suffix: string) =>
    prefixes
      .map(prefix => named.get(`${prefix}${suffix}`))
      .find(value => value !== undefined) ?? 0;
  return {
    total: rate(''),
    status3xx: rate('3xx'),
    status4xx: rate('4xx'),
    status5xx: rate('5xx'),
    noResponse: rate('NoResponse'),
    errors: rate('Err'),
  };
}
