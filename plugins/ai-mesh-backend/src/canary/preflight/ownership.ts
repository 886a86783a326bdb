import {
  wording,
  type CanaryPreflightCheck,
} from '@ai-mesh/plugin-ai-mesh-common';
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
      wording('owned.flagger', { object: title(flagger) }),
    );
  }
  const argo = related.find(
    ({ metadata }) => metadata.annotations?.[ROLLOUTS_ANNOTATION],
  );
  const pods = service ? podsOfService(snapshot, service) : [];
  if (argo || pods.some(({ metadata }) => metadata.labels?.[ROLLOUTS_LABEL])) {
    return blocks(
      'owned-by-operator',
      wording(argo ? 'owned.rolloutRoute' : 'owned.rollout', {
        service: `${namespace}/${name}`,
        ...(argo && { object: title(argo) }),
      }),
    );
  }
  return ok('owned-by-operator', wording('owned.nobody'));
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
  const applied = wording('gitops.applied', {
    managers: [...new Set(appliers)].join(', '),
    object: title(route.object),
    own: FIELD_MANAGER,
    list: RULES[kind].list,
  });
  return warns(
    'gitops',
    found.outcome === 'ok' ? applied : [...(found.words ?? []), applied],
    found.detail,
  );
}

function ownerCheck(route: FoundRoute): CanaryPreflightCheck {
  const { object } = route;
  const { annotations = {}, labels = {} } = object.metadata;
  if (isArgoCds(object)) {
    return warns(
      'gitops',
      wording('gitops.argo', { object: title(object) }),
      argoIgnoreRule(route),
    );
  }
  if (
    labels['kustomize.toolkit.fluxcd.io/name'] ||
    isManagedBy(object, /^kustomize-controller$/)
  ) {
    return warns(
      'gitops',
      wording('gitops.flux', { object: title(object) }),
      fluxPauseCommand(object),
    );
  }
  if (
    labels['helm.toolkit.fluxcd.io/name'] ||
    isManagedBy(object, /^helm-controller$/)
  ) {
    return warns(
      'gitops',
      wording('gitops.fluxHelm', { object: title(object) }),
      helmReleaseIgnoreRule(object),
    );
  }
  if (
    annotations['meta.helm.sh/release-name'] ||
    labels['app.kubernetes.io/managed-by'] === 'Helm' ||
    isManagedBy(object, /^helm$/)
  ) {
    return warns('gitops', wording('gitops.helm', { object: title(object) }));
  }
  return ok('gitops', wording('gitops.none'));
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
