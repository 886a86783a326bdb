import type {
  FixRequest,
  JsonPatchOperation,
  Review,
} from '@ai-mesh/plugin-ai-mesh-common';
import { isDeepStrictEqual } from 'util';
import type { FollowedFinding } from './FollowedRequest';

type Standing = FixRequest['findings'][number]['standing'];

/** How a finding that a pull request is to mend stands in the review of now. */
export function standingOf(
  finding: FollowedFinding,
  {
    findings,
    notJudged,
    objects,
    sources,
  }: Pick<Review, 'findings' | 'notJudged' | 'objects' | 'sources'>,
): Standing {
  if (!findings.some(({ id }) => id === finding.id)) {
    const isJudged =
      !notJudged.some(({ code }) => code === finding.code) &&
      sources.some(
        ({ name, cluster, status }) =>
          name === 'kubernetes' &&
          cluster === finding.object.cluster &&
          status === 'ok',
      );
    return isJudged ? 'gone' : 'unknown';
  }
  const object = objects.find(({ ref }) =>
    isDeepStrictEqual(
      [ref.cluster, ref.kind, ref.namespace, ref.name],
      [
        finding.object.cluster,
        finding.object.kind,
        finding.object.namespace,
        finding.object.name,
      ],
    ),
  );
  return object && isWritten(finding.patch, object.manifest)
    ? 'applied'
    : 'found';
}

/** Whether an object is as a patch makes it, as far as the patch tells: what is taken out of a list it does not. */
function isWritten(
  patch: readonly JsonPatchOperation[],
  manifest: Record<string, unknown>,
): boolean {
  const changes = patch.filter(({ op }) => op !== 'test');
  return (
    changes.length > 0 &&
    changes.every(change => {
      const steps = change.path
        .split('/')
        .slice(1)
        .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
      const last = steps.pop();
      const parent = steps.reduce<unknown>(valueIn, manifest);
      if (last === undefined || typeof parent !== 'object' || parent === null) {
        return false;
      }
      if (change.op === 'remove') {
        return !Array.isArray(parent) && valueIn(parent, last) === undefined;
      }
      const { value } = change as { value: unknown };
      return Array.isArray(parent)
        ? parent.some(entry => isDeepStrictEqual(entry, value))
        : isDeepStrictEqual(valueIn(parent, last), value);
    })
  );
}

function valueIn(value: unknown, key: string): unknown {
  return typeof value === 'object' &&
    value !== null &&
    Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
