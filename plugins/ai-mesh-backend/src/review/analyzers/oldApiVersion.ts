import type { ConfigObject } from '../../kubernetes/kinds';
import type { Analyzer } from '../Analyzer';
import { relatedObjects } from '../relatedObjects';
import { placeOf } from '../subjectRules';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const ALPHA = /\/v\d+alpha\d+$/;

/** AIM701: an object that is written in an alpha version, as it is served or as it was last applied. */
export const oldApiVersion: Analyzer = {
  codes: ['AIM701'],
  needs: [],
  *analyze(subject) {
    for (const object of relatedObjects(subject)) {
      const applied = appliedVersion(object);
      const old = [applied, object.apiVersion].find(
        version => version !== undefined && ALPHA.test(version),
      );
      if (old === undefined) {
        continue;
      }
      const stable = object.apiVersion.replace(ALPHA, '/v1');
      yield {
        key: 'AIM701',
        object,
        path: 'apiVersion',
        params: { object: placeOf(object, ''), version: old },
        fix: {
          object,
          operations: [
            { op: 'replace', path: '/apiVersion', value: stable },
            ...(applied === undefined
              ? []
              : [
                  {
                    op: 'remove' as const,
                    path: `/metadata/annotations/${LAST_APPLIED.replaceAll('/', '~1')}`,
                  },
                ]),
          ],
        },
      };
    }
  },
};

/** Which version the manifest had that was applied last: the API serves every object in whatever version is asked for. */
function appliedVersion({ metadata }: ConfigObject): string | undefined {
  const text = metadata.annotations?.[LAST_APPLIED];
  if (text === undefined) {
    return undefined;
  }
  return text.match(/"apiVersion"\s*:\s*"([^"]*)"/)?.[1];
}
