import { equalJson } from './equalJson';
import { apiVersionOf, KubeObject } from './KubeObject';
import { ResourceKind } from './ResourceKind';

/** Gives a new object what the server alone decides. Changes the draft. */
export function stampNew(
  kind: ResourceKind,
  draft: KubeObject,
  { uid, now }: { uid: string; now: Date },
): void {
  draft.apiVersion = apiVersionOf(kind.group, kind.versions[0]);
  draft.metadata.uid = uid;
  draft.metadata.creationTimestamp = timestamp(now);
  delete draft.metadata.deletionTimestamp;
  delete draft.metadata.resourceVersion;
  delete draft.metadata.generation;
  if (kind.generation) {
    draft.metadata.generation = 1;
  }
}

/** Keeps in a changed object what no client may change, and counts its generation. Changes the draft. */
export function stampChanged(
  kind: ResourceKind,
  draft: KubeObject,
  previous: KubeObject,
): void {
  draft.apiVersion = previous.apiVersion;
  const { metadata } = draft;
  metadata.uid = previous.metadata.uid;
  metadata.creationTimestamp = previous.metadata.creationTimestamp;
  metadata.resourceVersion = previous.metadata.resourceVersion;
  delete metadata.deletionTimestamp;
  if (previous.metadata.deletionTimestamp) {
    metadata.deletionTimestamp = previous.metadata.deletionTimestamp;
  }
  delete metadata.generation;
  if (kind.generation) {
    const before = previous.metadata.generation ?? 1;
    metadata.generation = sameDesiredState(previous, draft)
      ? before
      : before + 1;
  }
}

/** RFC 3339 without fractions, as Kubernetes writes times. */
export function timestamp(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}

function sameDesiredState(a: KubeObject, b: KubeObject): boolean {
  const desired = ({ metadata, status, ...rest }: KubeObject) => rest;
  return equalJson(desired(a), desired(b));
}
