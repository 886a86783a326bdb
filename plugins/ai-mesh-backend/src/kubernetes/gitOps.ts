import { fieldManagersOf } from './fieldManagers';
import type { KubernetesObject } from './kinds';
import { isObjectName } from './objectName';

/** What keeps an object as something else says: where that is written is found by it. */
export type Tracker =
  | {
      tool: 'argo-cd';
      kind: 'Application';
      /** Absent: Argo CD's own. */
      namespace?: string;
      name: string;
    }
  | {
      tool: 'flux';
      kind: 'Kustomization' | 'HelmRelease';
      namespace: string;
      name: string;
    }
  | { tool: 'helm'; release: string };

/** Argo CD 3 tracks by an annotation; before, by a label that Helm's charts use as well. */
export function isArgoCds(object: KubernetesObject): boolean {
  const { annotations = {}, labels = {} } = object.metadata;
  return (
    annotations['argocd.argoproj.io/tracking-id'] !== undefined ||
    labels['argocd.argoproj.io/instance'] !== undefined ||
    isManagedBy(object, /^argocd-/) ||
    (labels['app.kubernetes.io/instance'] !== undefined &&
      !isHelms(object) &&
      !isFluxs(object))
  );
}

export function isFluxs(object: KubernetesObject): boolean {
  return (
    Object.keys(object.metadata.labels ?? {}).some(label =>
      label.includes('.toolkit.fluxcd.io/'),
    ) || isManagedBy(object, /^(kustomize|helm)-controller$/)
  );
}

function isHelms({ metadata }: KubernetesObject): boolean {
  return (
    metadata.annotations?.['meta.helm.sh/release-name'] !== undefined ||
    metadata.labels?.['app.kubernetes.io/managed-by'] === 'Helm'
  );
}

/** @param name - of a manager of the object's fields */
export function isManagedBy(object: KubernetesObject, name: RegExp): boolean {
  return fieldManagersOf(object).some(({ manager }) => name.test(manager));
}

/** What an object says that it is kept by; undefined where it says nothing that names it. */
export function trackerOf(object: KubernetesObject): Tracker | undefined {
  const { annotations = {}, labels = {} } = object.metadata;
  for (const [prefix, kind] of [
    ['kustomize', 'Kustomization'],
    ['helm', 'HelmRelease'],
  ] as const) {
    const name = labels[`${prefix}.toolkit.fluxcd.io/name`];
    const namespace = labels[`${prefix}.toolkit.fluxcd.io/namespace`];
    if (isObjectName(name) && isObjectName(namespace)) {
      return { tool: 'flux', kind, namespace, name };
    }
  }
  const application = isArgoCds(object) ? applicationOf(object) : undefined;
  if (application) {
    return { tool: 'argo-cd', kind: 'Application', ...application };
  }
  const release = annotations['meta.helm.sh/release-name'];
  return isObjectName(release) || isHelms(object)
    ? { tool: 'helm', release: release ?? '' }
    : undefined;
}

function applicationOf(
  object: KubernetesObject,
): { namespace?: string; name: string } | undefined {
  const { annotations = {}, labels = {} } = object.metadata;
  const id = annotations['argocd.argoproj.io/tracking-id'];
  if (id !== undefined) {
    const [, application, tracked] = /^([^:]+):(.+)$/.exec(id) ?? [];
    // An object that was copied has the id of the other one still.
    return tracked === trackedAs(object) ? qualified(application) : undefined;
  }
  return qualified(
    labels['argocd.argoproj.io/instance'] ??
      labels['app.kubernetes.io/instance'],
  );
}

/** An Application outside of Argo CD's own namespace is called `<namespace>_<name>`. */
function qualified(
  text: string | undefined,
): { namespace?: string; name: string } | undefined {
  const [first, second, ...more] = text?.split('_') ?? [];
  if (more.length > 0 || !isObjectName(first)) {
    return undefined;
  }
  if (second === undefined) {
    return { name: first };
  }
  return isObjectName(second) ? { namespace: first, name: second } : undefined;
}

function trackedAs({ apiVersion, kind, metadata }: KubernetesObject): string {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  return `${group}/${kind}:${metadata.namespace ?? ''}/${metadata.name}`;
}
