import { KubeObject, OwnerReference } from '../../store/KubeObject';
import { Pod, PodTemplate, unreadyAnnotation } from './objects';

/** The reference of what controls an object. */
export function controllerReference({
  apiVersion,
  kind,
  metadata,
}: KubeObject): OwnerReference {
  return {
    apiVersion,
    kind,
    name: metadata.name,
    uid: metadata.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** The annotation that keeps a workload's pods from being ready, where it has it. */
export function unreadiness({
  metadata,
}: KubeObject): Record<string, string> | undefined {
  const value = metadata.annotations?.[unreadyAnnotation];
  return value === undefined ? undefined : { [unreadyAnnotation]: value };
}

/** A pod as a workload's controller creates it. */
export function podFromTemplate(
  owner: KubeObject,
  template: PodTemplate,
  {
    name,
    labels,
    nodeName,
  }: { name: string; labels: Record<string, string>; nodeName?: string },
): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: owner.metadata.namespace,
      labels: { ...template.metadata?.labels, ...labels },
      annotations: { ...template.metadata?.annotations, ...unreadiness(owner) },
      ownerReferences: [controllerReference(owner)],
    },
    spec: nodeName ? { ...template.spec, nodeName } : template.spec,
  };
}
