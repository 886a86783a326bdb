import type { Finding, Review, Source } from '@ai-mesh/plugin-ai-mesh-common';
import type { KialiClient, KialiValidation } from '../kiali/KialiClient';
import { groupBy } from '../kubernetes/groupBy';
import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { objectRef } from '../routes/objectRef';
import { SourceError } from '../target/SourceError';

type KialiCheck = Review['kiali'][number];

/** Asks Kiali for its checks of some namespaces. What it refuses becomes a row of the answer's sources, and nothing else. */
export async function askKialiChecks(
  cluster: { name: string; kiali?: KialiClient },
  namespaces: readonly string[],
): Promise<{ validations: KialiValidation[]; sources: Source[] }> {
  const { name, kiali } = cluster;
  if (!kiali) {
    return { validations: [], sources: [] };
  }
  const row = { name: 'kiali' as const, cluster: name };
  try {
    const { validations, observedAt } = await kiali.validations([
      ...namespaces,
    ]);
    return {
      validations,
      sources: [{ ...row, status: 'ok', observedAt: observedAt.toISOString() }],
    };
  } catch (error) {
    if (!(error instanceof SourceError)) {
      throw error;
    }
    return {
      validations: [],
      sources: [
        {
          ...row,
          status: error.reason === 'forbidden' ? 'forbidden' : 'unreachable',
          ...error.sentences,
        },
      ],
    };
  }
}

/** What Kiali says of these objects beyond what the findings say already. */
export function kialiChecks(
  snapshot: MeshSnapshot,
  objects: readonly ConfigObject[],
  validations: readonly KialiValidation[],
  findings: readonly Finding[],
): KialiCheck[] {
  const byName = groupBy(objects, namesOf);
  const byCode = groupBy(findings, codesOf);
  return validations.flatMap(({ gvk, namespace, name, checks }) => {
    // Kiali may name another version of the API than the one read here: the kind is what counts.
    const kind = /Kind=(\w+)$/.exec(gvk)?.[1] ?? '';
    const [object] = byName.get(JSON.stringify([kind, namespace, name])) ?? [];
    return object
      ? checks
          .map(check => ({ object: objectRef(snapshot, object), ...check }))
          .filter(
            check =>
              !(byCode.get(check.code ?? '') ?? []).some(finding =>
                isAbout(finding, check),
              ),
          )
      : [];
  });
}

function namesOf({ kind, metadata }: ConfigObject): string[] {
  return [JSON.stringify([kind, metadata.namespace ?? '', metadata.name])];
}

function codesOf({ equivalents }: Finding): string[] {
  return [...new Set(equivalents)];
}

/** Whether a finding of Kiali's code says the same: of the same place, or of an object that plays a part in it. */
function isAbout(
  { object, path, related }: Finding,
  check: KialiCheck,
): boolean {
  const there = dotted(check.path ?? '');
  return isSame(object, check.object)
    ? path.startsWith(there) || there.startsWith(path)
    : related.some(other => isSame(other, check.object));
}

/** Kiali's `spec/http[0]/route[1]` as it is written here. */
function dotted(path: string): string {
  return path.replaceAll('/', '.');
}

function isSame(a: Finding['object'], b: Finding['object']): boolean {
  return a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;
}
