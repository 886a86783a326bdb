import {
  said,
  wording,
  type NotEvaluated,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { settingOf } from '../serverMtls';
import type { AccessPolicy, AccessRule } from './AccessPolicy';
import type { PolicyInForce } from './appliedPolicies';
import { unknownWords } from './Places';

type What = NotEvaluated['what'];

/** Fields that no snapshot and no metric answers. */
const FIELDS: Readonly<Record<string, What>> = {
  requestPrincipals: 'token',
  ipBlocks: 'address',
  remoteIpBlocks: 'address',
};
const CONDITIONS: readonly [RegExp, What][] = [
  [/^request\.auth\./, 'token'],
  [/^request\.headers\[/, 'header'],
  [/^(source|remote|destination)\.ip$/, 'address'],
  [/^connection\.sni$/, 'sni'],
  [/^experimental\.envoy\.filters\./, 'filter-metadata'],
];

/** What in the policies only the running request can tell; each place once. */
export function notEvaluated(
  snapshot: MeshSnapshot,
  policies: readonly PolicyInForce[],
): NotEvaluated[] {
  return policies
    .map(({ policy }) => policy)
    .flatMap(policy =>
      placesIn(policy).map(({ path, what, condition }) => {
        const setting = settingOf(snapshot, policy.object, path);
        return {
          ...setting,
          what,
          ...said(
            what === 'unknown-field'
              ? unknownWords(setting, { condition })
              : wording('access.itDepends', {}, { what: `obstacle.${what}` }),
          ),
        };
      }),
    );
}

interface Place {
  path: string;
  what: What;
  /** The key of a condition that nobody here knows. */
  condition?: string;
}

function placesIn(policy: AccessPolicy): Place[] {
  const unreadable = policy.unreadable.map(({ path, expected, condition }) => ({
    path,
    condition,
    what:
      expected === undefined
        ? ('unknown-field' as const)
        : ('unreadable' as const),
  }));
  return policy.action === 'CUSTOM'
    ? [...unreadable, { path: 'spec.provider', what: 'external-authorizer' }]
    : [...unreadable, ...policy.rules.flatMap(placesInRule)];
}

function placesInRule({ from, when }: AccessRule) {
  return [
    ...from.flatMap(fields =>
      [...fields].flatMap(([name, { path }]) =>
        Object.hasOwn(FIELDS, name) ? [{ path, what: FIELDS[name] }] : [],
      ),
    ),
    ...when.flatMap(({ key, path }) => {
      const found = CONDITIONS.find(([pattern]) => pattern.test(key));
      return found ? [{ path: `${path}.key`, what: found[1] }] : [];
    }),
  ];
}
