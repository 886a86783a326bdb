import type { CanaryPreflightCheck } from '@ai-mesh/plugin-ai-mesh-common';
import { isArgoCds, isManagedBy } from '../../kubernetes/gitOps';
import { FIELD_MANAGER, fieldManagersOf } from '../../kubernetes/fieldManagers';
import type { ConfigObject, KubernetesObject } from '../../kubernetes/kinds';
import { podsOfService } from '../../kubernetes/podsOfService';
import { trafficPoliciesFor } from '../../routes/trafficPolicies';
import { serviceHost, serviceOfHost } from '../../routes/hosts';
import { CANARY_ANNOTATION } from '../split';
import { blocks, ok, warns, type FoundRoute } from './PreflightSubject';

const ROLLOUTS_ANNOTATION = 'argo-rollouts.argoproj.io/managed-by-rollouts';
const ROLLOUTS_LABEL = 'rollouts-pod-template-hash';

const GATEWAY_RULES = { list: 'rules', destinations: 'backendRefs' };

const RULES: Record<string, typeof GATEWAY_RULES> = {
  VirtualService: { list: 'http', destinations: 'route' },
  HTTPRoute: GATEWAY_RULES,
  GRPCRoute: GATEWAY_RULES,
};

/** Two that move the same weights would undo each other's steps. */
export function operatorCheck({
  object,
  snapshot,
  subject,
}: FoundRoute): CanaryPreflightCheck {
  const { namespace, name } = subject.service;
  const service = snapshot.get('Service', namespace, name);
  const rules = trafficPoliciesFor(
    snapshot,
    serviceHost({ namespace, name }, snapshot.clusterDomain),
  ).objects;
  const related = [object, ...rules, ...(service ? [service] : [])];
  const flagger = related.find(isFlaggers);
  if (flagger) {
    return blocks(
      'owned-by-operator',
      `Flagger owns ${title(flagger)}: its Canary moves these weights. Remove the Canary, or use it instead.`,
    );
  }
  const argo = related.find(
    ({ metadata }) => metadata.annotations?.[ROLLOUTS_ANNOTATION],
  );
  const pods = service ? podsOfService(snapshot, service) : [];
  if (argo || pods.some(({ metadata }) => metadata.labels?.[ROLLOUTS_LABEL])) {
    return blocks(
      'owned-by-operator',
      `An Argo Rollout runs ${namespace}/${name}${argo ? ` and owns ${title(argo)}` : ''}: it moves these weights. Use the Rollout instead.`,
    );
  }
  return ok('owned-by-operator', 'No other operator moves these weights.');
}

function isFlaggers({ metadata }: KubernetesObject): boolean {
  return (
    metadata.ownerReferences?.some(
      ({ apiVersion, kind }) =>
        kind === 'Canary' && apiVersion.startsWith('flagger.app/'),
    ) === true ||
    metadata.labels?.['app.kubernetes.io/managed-by'] === 'flagger'
  );
}

/** A GitOps tool would take the weights back, unless it is told to leave them alone. */
export function gitOpsCheck(route: FoundRoute): CanaryPreflightCheck {
  const found = ownerCheck(route);
  const appliers = fieldManagersOf(route.object)
    .filter(
      ({ manager, operation }) =>
        operation === 'Apply' && manager !== FIELD_MANAGER,
    )
    .map(({ manager }) => manager);
  if (appliers.length === 0) {
    return found;
  }
  const { kind } = route.object;
  const applied = `${[...new Set(appliers)].join(' and ')} applied ${title(route.object)} on the server's side. The first write makes '${FIELD_MANAGER}' the manager of the whole list .spec.${RULES[kind].list}: while the canary runs, an apply that does not force conflicts fails with a conflict, and one that forces them takes the weights back. At the end the list is given up: the next apply has no conflict, and sets the weights that it holds.`;
  return warns(
    'gitops',
    found.outcome === 'ok' ? applied : `${found.message} ${applied}`,
    found.detail,
  );
}

function ownerCheck(route: FoundRoute): CanaryPreflightCheck {
  const { object } = route;
  const { annotations = {}, labels = {} } = object.metadata;
  if (isArgoCds(object)) {
    return warns(
      'gitops',
      `Argo CD manages ${title(object)}: with self-healing on it takes the weights back, and the canary is paused as drift. Let the Application ignore them.`,
      argoIgnoreRule(route),
    );
  }
  if (
    labels['kustomize.toolkit.fluxcd.io/name'] ||
    isManagedBy(object, /^kustomize-controller$/)
  ) {
    return warns(
      'gitops',
      `Flux manages ${title(object)}: its next reconciliation takes the weights back, and the canary is paused as drift. Let Flux leave the object alone while the canary runs.`,
      fluxPauseCommand(object),
    );
  }
  if (
    labels['helm.toolkit.fluxcd.io/name'] ||
    isManagedBy(object, /^helm-controller$/)
  ) {
    return warns(
      'gitops',
      `Flux manages ${title(object)} by a HelmRelease: with drift detection on it takes the weights back, and so does an upgrade of the release. Let the HelmRelease ignore them.`,
      helmReleaseIgnoreRule(object),
    );
  }
  if (
    annotations['meta.helm.sh/release-name'] ||
    labels['app.kubernetes.io/managed-by'] === 'Helm' ||
    isManagedBy(object, /^helm$/)
  ) {
    return warns(
      'gitops',
      `Helm manages ${title(object)}: an upgrade of the release while the canary runs takes the weights back.`,
    );
  }
  return ok('gitops', 'No GitOps tool manages the route.');
}

/** Where a rule or a destination comes and goes, a list is longer than in Git: the list as a whole has to be left alone. */
function argoIgnoreRule({ object, subject, found }: FoundRoute): string {
  const { apiVersion, kind, metadata } = object;
  const { headerPhase, affinity } = subject.plan;
  const isWhole =
    headerPhase !== undefined ||
    affinity !== undefined ||
    found.canary === undefined;
  const rules = RULES[kind];
  return [
    'spec:',
    '  ignoreDifferences:',
    `    - group: ${apiVersion.split('/')[0]}`,
    `      kind: ${kind}`,
    `      name: ${metadata.name}`,
    `      namespace: ${metadata.namespace}`,
    '      jqPathExpressions:',
    `        - .spec.${rules.list}${isWhole ? '' : `[]?.${rules.destinations}[]?.weight`}`,
    `        - .metadata.annotations["${CANARY_ANNOTATION}"]`,
    '  syncPolicy:',
    '    syncOptions:',
    '      - RespectIgnoreDifferences=true',
    '',
  ].join('\n');
}

function fluxPauseCommand({
  apiVersion,
  kind,
  metadata,
}: ConfigObject): string {
  const annotate = (annotation: string) => [
    `kubectl annotate ${kind.toLowerCase()}.${apiVersion.split('/')[0]} ${metadata.name} \\`,
    `  --namespace ${metadata.namespace} ${annotation}`,
  ];
  return [
    ...annotate('kustomize.toolkit.fluxcd.io/reconcile=disabled'),
    '# Afterwards, with the weights that hold then in Git:',
    ...annotate('kustomize.toolkit.fluxcd.io/reconcile-'),
    '',
  ].join('\n');
}

function helmReleaseIgnoreRule({ kind, metadata }: ConfigObject): string {
  return [
    'spec:',
    '  driftDetection:',
    '    ignore:',
    '      - paths:',
    `          - /spec/${RULES[kind].list}`,
    `          - /metadata/annotations/${CANARY_ANNOTATION.replace('/', '~1')}`,
    '        target:',
    `          kind: ${kind}`,
    `          name: ${metadata.name}`,
    `          namespace: ${metadata.namespace}`,
    '',
  ].join('\n');
}

function title({ kind, metadata }: KubernetesObject): string {
  return `${kind} ${metadata.namespace}/${metadata.name}`;
}

/** The Service of a version, where it is one. */
export function serviceOfVersion(
  { snapshot }: Pick<FoundRoute, 'snapshot'>,
  host: string,
) {
  const name = serviceOfHost(host, snapshot.clusterDomain);
  return name && snapshot.get('Service', name.namespace, name.name);
}
