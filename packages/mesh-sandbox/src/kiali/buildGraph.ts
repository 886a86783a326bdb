import { hasEnvoy, MeshModel } from '../mesh';
import { ISTIO_BUCKETS, quantile } from '../metrics';
import { ObjectStore } from '../store';
import { configBadges } from './configBadges';
import { GraphNodes, GraphType } from './GraphNodes';
import { percentText, rateText } from './numbers';
import { ConnectionRate, RequestRate, TrafficWindow } from './TrafficWindow';

export interface GraphOptions {
  namespaces: readonly string[];
  durationSeconds: number;
  graphType: GraphType;
  injectServiceNodes: boolean;
  boxByApp: boolean;
  /** undefined: all. */
  appenders?: readonly string[];
  responseTime: 'avg' | '50' | '95' | '99';
  cluster: string;
  hash: 'md5' | 'sha256';
}

interface Edge {
  source: string;
  target: string;
  protocol: string;
  requests: RequestRate[];
  connections: ConnectionRate[];
}

type EdgeData = Record<string, unknown>;

/** The traffic of some namespaces as Kiali draws it; the numbers come from the sandbox's own counters. */
export function buildGraph(
  model: MeshModel,
  store: ObjectStore,
  window: TrafficWindow,
  options: GraphOptions,
): { nodes: { data: unknown }[]; edges: { data: EdgeData }[] } {
  const nodes = new GraphNodes(model, {
    ...options,
    badges: service => configBadges(store, service),
  });
  const edges = new Map<string, Edge>();
  const link = (source: string, target: string, protocol: string): Edge => {
    const key = nodes.hash(`${source}.${target}.${protocol}`);
    const edge = edges.get(key) ?? {
      source,
      target,
      protocol,
      requests: [],
      connections: [],
    };
    edges.set(key, edge);
    return edge;
  };
  const { requests, connections } = window.rates(options.durationSeconds);
  for (const rate of requests.filter(one => counts(one, options.namespaces))) {
    for (const [source, target] of hops(nodes, rate, options)) {
      link(source, target, rate.report.protocol).requests.push(rate);
      nodes.called(target, rate.report.service);
      countNodes(nodes, source, target, rate);
    }
  }
  for (const rate of connections.filter(one =>
    counts(one, options.namespaces),
  )) {
    for (const [source, target] of hops(nodes, rate, options)) {
      link(source, target, 'tcp').connections.push(rate);
      nodes.called(target, rate.report.service);
      nodes.addRate(source, 'tcp', 'tcpOut', rate.sentPerSecond);
      nodes.addRate(target, 'tcp', 'tcpIn', rate.sentPerSecond);
    }
  }
  const mtls = mtlsShares(requests);
  const data = [...edges].map(([id, edge]) => ({
    data: edgeData(id, edge, nodes, options, mtls),
  }));
  if (options.boxByApp) {
    for (const { namespace, app, ids } of nodes.apps()) {
      nodes.box(namespace, app, ids);
    }
  }
  return { nodes: nodes.list, edges: data };
}

/** One report of each request: the caller's, or the callee's where the caller has no proxy. */
function counts(
  { report }: RequestRate | ConnectionRate,
  namespaces: readonly string[],
): boolean {
  const { source } = report;
  const callerReports =
    source && ('status' in report ? hasEnvoy(source) : source.proxy !== 'none');
  const inScope = [
    report.source?.namespace,
    report.destination?.namespace,
    report.service.namespace,
  ].some(namespace => namespaces.includes(namespace ?? ''));
  return (
    inScope &&
    (report.reporter === 'waypoint' ||
      (report.reporter === 'source') === Boolean(callerReports))
  );
}

/** The edges that one rate is drawn on. */
function hops(
  nodes: GraphNodes,
  { report }: RequestRate | ConnectionRate,
  { graphType, injectServiceNodes }: GraphOptions,
): [string, string][] {
  const source = nodes.workload(report.source);
  if (graphType === 'service' || !report.destination) {
    return [[source, nodes.service(report.service)]];
  }
  const target = nodes.workload(report.destination);
  if (!injectServiceNodes) {
    return [[source, target]];
  }
  const service = nodes.service(report.service);
  return [
    [source, service],
    [service, target],
  ];
}

function countNodes(
  nodes: GraphNodes,
  source: string,
  target: string,
  { report, perSecond }: RequestRate,
) {
  const { protocol } = report;
  nodes.addRate(source, protocol, `${protocol}Out`, perSecond);
  nodes.addRate(target, protocol, `${protocol}In`, perSecond);
  const kind = failureKind(report);
  if (kind) {
    nodes.addRate(target, protocol, `${protocol}In${kind}`, perSecond);
  }
}

function failureKind({
  protocol,
  status,
  grpcStatus,
}: RequestRate['report']): string | undefined {
  if (status === 0) {
    return 'NoResponse';
  }
  if (protocol === 'grpc') {
    return grpcStatus ? 'Err' : undefined;
  }
  return status >= 300 ? `${Math.floor(status / 100)}xx` : undefined;
}

function edgeData(
  id: string,
  edge: Edge,
  nodes: GraphNodes,
  { appenders, responseTime }: GraphOptions,
  mtls: Map<string, number>,
): EdgeData {
  const wants = (name: string) => !appenders || appenders.includes(name);
  const { source, target, protocol, requests, connections } = edge;
  const total = requests.reduce((sum, { perSecond }) => sum + perSecond, 0);
  const first = (requests[0] ?? connections[0])?.report;
  const share = requests.reduce(
    (sum, rate) => sum + rate.perSecond * (mtls.get(pairOf(rate)) ?? 0),
    0,
  );
  return {
    id,
    source,
    target,
    ...(first?.mutualTls && {
      sourcePrincipal: first.source?.principal,
      destPrincipal: first.destination?.principal,
    }),
    // Present only above zero: a missing one says nothing.
    ...(wants('securityPolicy') &&
      total > 0 &&
      share > 0 && { isMTLS: ((100 * share) / total).toFixed(0) }),
    ...(wants('responseTime') &&
      total > 0 && { responseTime: timeText(requests, responseTime) }),
    traffic:
      protocol === 'tcp'
        ? tcpTraffic(connections)
        : requestTraffic(
            protocol,
            requests,
            total,
            nodes.outgoing(source, protocol),
          ),
  };
}

function requestTraffic(
  protocol: string,
  requests: RequestRate[],
  total: number,
  outgoing: number,
): Record<string, unknown> {
  const rates: Record<string, number> = { [protocol]: total };
  const responses: Record<
    string,
    { flags: Record<string, number>; hosts: Record<string, number> }
  > = {};
  let failed = 0;
  for (const { report, perSecond } of requests) {
    const kind = failureKind(report);
    if (kind) {
      const name = `${protocol}${kind}`;
      rates[name] = (rates[name] ?? 0) + perSecond;
      failed += kind === '3xx' ? 0 : perSecond;
    }
    const code = codeOf(report);
    responses[code] ??= { flags: {}, hosts: {} };
    const { flags, hosts } = responses[code];
    flags[report.flags] = (flags[report.flags] ?? 0) + perSecond;
    const { host } = report.service;
    hosts[host] = (hosts[host] ?? 0) + perSecond;
  }
  const shares = (values: Record<string, number>) =>
    Object.fromEntries(
      Object.entries(values).map(([key, rate]) => [
        key,
        percentText(rate / total),
      ]),
    );
  return {
    protocol,
    rates: {
      ...Object.fromEntries(
        Object.entries(rates).map(([name, rate]) => [name, rateText(rate)]),
      ),
      ...(failed > 0 && {
        [`${protocol}PercentErr`]: percentText(failed / total),
      }),
      ...(outgoing > 0 && {
        [`${protocol}PercentReq`]: percentText(total / outgoing),
      }),
    },
    responses: Object.fromEntries(
      Object.entries(responses).map(([code, { flags, hosts }]) => [
        code,
        { flags: shares(flags), hosts: shares(hosts) },
      ]),
    ),
  };
}

function codeOf({ status, grpcStatus }: RequestRate['report']): string {
  return status === 0 ? '-' : String(grpcStatus ?? status);
}

function tcpTraffic(connections: ConnectionRate[]): Record<string, unknown> {
  const rate = connections.reduce((sum, one) => sum + one.sentPerSecond, 0);
  return {
    protocol: 'tcp',
    ...(rate > 0 && { rates: { tcp: rateText(rate) } }),
  };
}

/** Milliseconds: the mean, or a percentile from the buckets of all the edge's requests. */
function timeText(
  requests: RequestRate[],
  kind: GraphOptions['responseTime'],
): string {
  if (kind === 'avg') {
    const duration = requests.reduce((sum, one) => sum + one.durationMs, 0);
    const count = requests.reduce((sum, one) => sum + one.count, 0);
    return (duration / count).toFixed(0);
  }
  const perBucket = requests[0].buckets.map((_, i) =>
    requests.reduce((sum, { buckets }) => sum + buckets[i], 0),
  );
  return quantile(ISTIO_BUCKETS, perBucket, Number(kind) / 100).toFixed(0);
}

/** The encrypted share of each pair, which only callees report. */
function mtlsShares(requests: RequestRate[]): Map<string, number> {
  const sums = new Map<string, { all: number; encrypted: number }>();
  for (const rate of requests) {
    if (rate.report.reporter !== 'source') {
      const sum = sums.get(pairOf(rate)) ?? { all: 0, encrypted: 0 };
      sum.all += rate.perSecond;
      sum.encrypted += rate.report.mutualTls ? rate.perSecond : 0;
      sums.set(pairOf(rate), sum);
    }
  }
  return new Map(
    [...sums].map(([key, { all, encrypted }]) => [key, encrypted / all]),
  );
}

function pairOf({ report }: RequestRate): string {
  return `${report.source?.key}|${report.destination?.key}|${report.service.host}`;
}
