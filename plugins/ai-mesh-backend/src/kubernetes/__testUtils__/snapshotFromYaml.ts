import { parseAllDocuments } from 'yaml';
import type { KubernetesObject, MeshKind } from '../kinds';
import { kindTable } from '../kindTable';
import type { Named } from '../stripMeta';
import { stripConfigMap } from '../stripConfigMap';
import { stripPod } from '../stripPod';
import type { MeshSnapshot } from '../MeshSnapshot';
import { snapshotOf } from './snapshotOf';

type Options = Parameters<typeof snapshotOf>[1];

/** A snapshot over manifests as `kubectl apply` takes them; documents of kinds that no snapshot holds are left out. For tests. */
export function snapshotFromYaml(
  yaml: string | readonly string[],
  options?: Options & { defaultNamespace?: string },
): MeshSnapshot {
  const namespace = options?.defaultNamespace ?? 'default';
  const objects = [yaml].flat().flatMap(text => objectsFromYaml(text));
  return snapshotOfObjects(
    objects.map(object => ({
      ...object,
      metadata:
        object.kind === 'Namespace'
          ? object.metadata
          : { namespace, ...object.metadata },
    })),
    options,
  );
}

/** The documents of a YAML text that are objects. For tests. */
export function objectsFromYaml(yaml: string): KubernetesObject[] {
  return parseAllDocuments(yaml)
    .map(document => document.toJS() as KubernetesObject | null)
    .filter(object => object !== null);
}

/** A snapshot over objects as the API serves them, whatever their kinds. For tests. */
export function snapshotOfObjects(
  objects: readonly KubernetesObject[],
  options?: Options,
): MeshSnapshot {
  const byKind: Partial<Record<MeshKind, KubernetesObject[]>> = {};
  for (const object of objects) {
    const row = kindTable.find(
      ({ apiKind, group }) =>
        apiKind === object.kind &&
        group ===
          (object.apiVersion.includes('/')
            ? object.apiVersion.split('/')[0]
            : ''),
    );
    if (row) {
      (byKind[row.kind] ??= []).push(stripped(object));
    }
  }
  return snapshotOf(byKind, options);
}

/** As a snapshot holds them: of a pod the names of its containers, and their ports. */
function stripped(object: KubernetesObject): KubernetesObject {
  switch (object.kind) {
    case 'ConfigMap':
      return stripConfigMap(object as Named);
    case 'Pod':
      return { ...object, spec: { ...stripPod(object as Named).spec } };
    default:
      return object;
  }
}
