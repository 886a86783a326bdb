import { KubeObject } from '../../store/KubeObject';

/** `PartialObjectMetadata`: an object without anything but its metadata. */
export function metadataOnly({ metadata }: KubeObject) {
  return {
    kind: 'PartialObjectMetadata',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
  };
}
