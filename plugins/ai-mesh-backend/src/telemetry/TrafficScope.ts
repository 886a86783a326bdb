import { oneOf, or, type Expr, type Matcher } from '../prometheus/promql';
import { istioLabels, PASSTHROUGH_CLUSTERS } from './istioLabels';

/** A service or a workload, by its full name. */
export interface NamespacedName {
  readonly namespace: string;
  readonly name: string;
}

/**
 * Whose traffic to ask for. Names and namespaces are matched apart, so an answer may hold a namesake of another
 * namespace: keep only rows that {@link inScope} accepts.
 */
export interface TrafficScope {
  /** Requests to these services, from anywhere. */
  to: readonly NamespacedName[];
  /** Requests from these workloads, to anywhere. */
  from: readonly NamespacedName[];
  /** Requests that reached these workloads by their addresses, around every service. */
  around?: readonly NamespacedName[];
}

/** Whether a row belongs to the scope, and not to a namesake in another namespace. */
export function inScope(
  scope: TrafficScope,
): (row: { labels: Readonly<Record<string, string>> }) => boolean {
  const to = new Set(scope.to.map(key));
  const around = new Set(scope.around?.map(key));
  const from = new Set(scope.from.map(key));
  return ({ labels }) =>
    to.has(
      key({
        namespace: labels[istioLabels.destinationServiceNamespace] ?? '',
        name: labels[istioLabels.destinationService] ?? '',
      }),
    ) ||
    from.has(
      key({
        namespace: labels[istioLabels.sourceNamespace] ?? '',
        name: labels[istioLabels.sourceWorkload] ?? '',
      }),
    ) ||
    (PASSTHROUGH_CLUSTERS.has(labels[istioLabels.destinationService] ?? '') &&
      around.has(
        key({
          namespace: labels[istioLabels.destinationWorkloadNamespace] ?? '',
          name: labels[istioLabels.destinationWorkload] ?? '',
        }),
      ));
}

function key({ namespace, name }: NamespacedName): string {
  return JSON.stringify([namespace, name]);
}

/** One expression over all directions. Series in several are equal, label by label, so `or` keeps them once. */
export function overScope(
  scope: TrafficScope,
  expression: (matchers: Matcher[]) => Expr,
): Expr | undefined {
  const directions: Matcher[][] = [];
  if (scope.to.length > 0) {
    directions.push(sentTo(scope.to));
  }
  if (scope.from.length > 0) {
    directions.push(sourceMatchers(scope.from));
  }
  if (scope.around && scope.around.length > 0) {
    directions.push(aroundMatchers(scope.around));
  }
  const [first, ...more] = directions.map(expression);
  return first && or(first, ...more);
}

/** Conditions on Istio's series: what some Services are sent, and their namesakes in each other's namespaces. */
export function sentTo(services: readonly NamespacedName[]): Matcher[] {
  return [
    oneOf(
      istioLabels.destinationService,
      services.map(({ name }) => name),
    ),
    oneOf(
      istioLabels.destinationServiceNamespace,
      services.map(({ namespace }) => namespace),
    ),
  ];
}

function aroundMatchers(workloads: readonly NamespacedName[]): Matcher[] {
  return [
    oneOf(istioLabels.destinationService, PASSTHROUGH_CLUSTERS),
    oneOf(
      istioLabels.destinationWorkload,
      workloads.map(({ name }) => name),
    ),
    oneOf(
      istioLabels.destinationWorkloadNamespace,
      workloads.map(({ namespace }) => namespace),
    ),
  ];
}

function sourceMatchers(workloads: readonly NamespacedName[]): Matcher[] {
  return [
    oneOf(
      istioLabels.sourceWorkload,
      workloads.map(({ name }) => name),
    ),
    oneOf(
      istioLabels.sourceNamespace,
      workloads.map(({ namespace }) => namespace),
    ),
  ];
}
