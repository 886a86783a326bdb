import type {
  Security,
  ServiceSecurity,
  StrictManifest,
} from '@ai-mesh/plugin-ai-mesh-common';
import { ConflictError } from '@backstage/errors';
import { isDeepStrictEqual } from 'util';
import { parse, stringify } from 'yaml';
import type { Change } from './Change';
import { patchBetween } from './patchBetween';

/**
 * The PeerAuthentications that make an entity's services STRICT, once nobody is known to call them in plaintext.
 *
 * @param scope - for the services' own workloads, or for their whole namespaces
 * @throws ConflictError where a service is not ready for it, or all are STRICT already
 */
export function strictChanges(
  { entityRef, services }: Security,
  scope: StrictManifest['scope'],
): Change[] {
  const changes = new Map<string, Change>();
  for (const security of services) {
    for (const manifest of manifestsOf(security, scope)) {
      const { cluster, namespace, name } = manifest.object;
      changes.set(
        [cluster, namespace, name].join('/'),
        changeOf(manifest, security),
      );
    }
  }
  if (changes.size === 0) {
    throw new ConflictError(
      services.length === 0
        ? `There is no service of ${entityRef} to make STRICT.`
        : `Every service of ${entityRef} is STRICT already: there is nothing to change.`,
    );
  }
  return [...changes.values()];
}

function manifestsOf(
  { service: { cluster, namespace, name }, mtls }: ServiceSecurity,
  scope: StrictManifest['scope'],
): StrictManifest[] {
  const { readiness } = mtls;
  const named = `${cluster}/${namespace}/${name}`;
  switch (readiness.status) {
    case 'strict':
      return [];
    case 'ready': {
      const found = readiness.manifests.filter(one => one.scope === scope);
      if (found.length === 0) {
        throw new ConflictError(
          `${named} cannot be made STRICT by its ${scope}: choose the other scope.`,
        );
      }
      return found;
    }
    case 'blocked':
      throw new ConflictError(
        `${named} is not ready for STRICT: ${readiness.by.map(({ message }) => message).join(' ')}`,
      );
    default:
      throw new ConflictError(
        `${named} is not known to be ready for STRICT: ${readiness.message}`,
      );
  }
}

function changeOf(
  { object, yaml, creates, exceptions, workloads }: StrictManifest,
  { objects }: ServiceSecurity,
): Change {
  const message = [
    `Only mutual TLS for ${workloads.map(({ name }) => name).join(', ')}.`,
    ...exceptions.map(one => one.message),
  ].join(' ');
  if (creates) {
    return { message, fix: { object, yaml } };
  }
  const present = objects.find(({ ref }) => isDeepStrictEqual(ref, object));
  if (!present) {
    throw new ConflictError(
      `${object.kind} ${object.name} is not there any more: look at it again.`,
    );
  }
  const { manifest } = present;
  const { spec } = parse(yaml) as { spec: Record<string, unknown> };
  return {
    message,
    fix: {
      object,
      yaml,
      before: stringify(manifest),
      jsonPatch: patchBetween({ spec: manifest.spec }, { spec }),
    },
  };
}
