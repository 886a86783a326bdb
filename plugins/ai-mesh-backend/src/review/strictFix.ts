import type { StrictManifest } from '@ai-mesh/plugin-ai-mesh-common';
import { parse } from 'yaml';
import type { ConfigObject } from '../kubernetes/kinds';
import type { Fix } from './Analyzer';
import type { ReviewSubject } from './ReviewSubject';

/**
 * The manifest that makes the whole service STRICT, as a fix: the one that refuses the fewest callers. Where it takes
 * several manifests together, none of them alone is a fix.
 */
export function strictFix({ snapshot, security }: ReviewSubject): {
  fix?: Fix;
} {
  const { readiness } = security.mtls;
  if (readiness.status !== 'ready') {
    return {};
  }
  const forWorkloads = readiness.manifests.filter(
    ({ scope }) => scope === 'workload',
  );
  const whole = readiness.manifests.filter(
    ({ scope }) => scope === 'namespace' || forWorkloads.length === 1,
  );
  return whole.length > 0 ? { fix: asFix(snapshot, whole[0]) } : {};
}

function asFix(
  snapshot: ReviewSubject['snapshot'],
  { object, creates, yaml }: StrictManifest,
): Fix {
  const manifest = parse(yaml) as ConfigObject;
  const present = snapshot.get(
    'PeerAuthentication',
    object.namespace ?? '',
    object.name,
  );
  return creates || !present
    ? { create: manifest }
    : {
        object: present,
        operations: [
          {
            op: present.spec === undefined ? 'add' : 'replace',
            path: '/spec',
            value: manifest.spec,
          },
        ],
      };
}
