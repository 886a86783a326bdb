import type { KubernetesObject } from './kinds';
import type { RawObject } from './stripMeta';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

const versions = new WeakMap<object, string>();

/**
 * The API version that an object's manifest was written in when it was last applied. The API serves every object in
 * whatever version is asked for, so that `apiVersion` does not tell. Undefined where nobody applied it.
 */
export function appliedVersionOf(object: KubernetesObject): string | undefined {
  return versions.get(object) ?? readAppliedVersion(object as RawObject);
}

/** Keeps it of a raw object beside the stripped one, which does without the manifest itself. */
export function keepAppliedVersion<T extends object>(
  raw: RawObject,
  stripped: T,
): T {
  const version = readAppliedVersion(raw);
  if (version !== undefined) {
    versions.set(stripped, version);
  }
  return stripped;
}

/** From what `kubectl apply` keeps, else from whoever applied it on the server's side. */
function readAppliedVersion({ metadata }: RawObject): string | undefined {
  const manifest: unknown = metadata.annotations?.[LAST_APPLIED];
  if (typeof manifest === 'string') {
    return manifest.match(/"apiVersion"\s*:\s*"([^"]*)"/)?.[1];
  }
  const fields = Array.isArray(metadata.managedFields)
    ? (metadata.managedFields as {
        operation?: unknown;
        apiVersion?: unknown;
      }[])
    : [];
  const applied = fields.find(entry => entry?.operation === 'Apply');
  return typeof applied?.apiVersion === 'string'
    ? applied.apiVersion
    : undefined;
}
