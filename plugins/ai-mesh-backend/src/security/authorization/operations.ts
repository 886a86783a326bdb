import type { Operation } from '@ai-mesh/plugin-ai-mesh-common';
import type { EffectiveRule } from '../../routes/EffectiveRoutes';
import { firstOf } from '../firstOf';
import type { FieldSet, Wanted } from './AccessPolicy';
import type { PolicyInForce } from './appliedPolicies';
import { matchesPath, matchesPattern } from './patterns';

/** More columns than a person would read. */
const MOST = 20;
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'];
/** Nobody's path. */
const ELSEWHERE = '/~elsewhere';

/**
 * The kinds of request that policies and routes tell apart, each with one request that stands for it, and one for all
 * that none of them names.
 */
export function operations(
  policies: readonly PolicyInForce[],
  rules: readonly EffectiveRule[],
): { columns: Operation[]; more?: number } {
  const found = new Map<string, Operation>();
  const add = (operation: Omit<Operation, 'id'>) => {
    const { method, path, port } = operation;
    const id = [method, path, port].filter(Boolean).join(' ');
    if (!found.has(id)) {
      found.set(id, { id, ...operation });
    }
  };
  for (const { policy } of policies) {
    for (const rule of policy.rules) {
      rule.to.flatMap(ofPolicy).forEach(add);
    }
  }
  rules.flatMap(ofRoute).forEach(add);
  const { shown: named, more } = firstOf([...found.values()], MOST - 1);
  const method =
    METHODS.find(candidate =>
      named.every(other => other.method !== candidate),
    ) ?? 'GET';
  return {
    columns: [
      ...named,
      { id: 'rest', label: '', from: 'rest', method, path: ELSEWHERE },
    ],
    ...(more !== undefined && { more }),
  };
}

function ofPolicy(fields: FieldSet): Omit<Operation, 'id'>[] {
  const methods = alternatives(fields.get('methods'), METHODS, matchesPattern);
  const paths = alternatives(
    fields.get('paths'),
    ['/', ELSEWHERE],
    matchesPath,
  );
  const ports = fields.get('ports')?.values ?? [];
  return methods.flatMap(method =>
    paths.flatMap(path =>
      (ports.length > 0 ? ports : [undefined]).map(port => ({
        label: [method.label, path.label, port && `port ${port}`]
          .filter(Boolean)
          .join(' '),
        from: 'policy' as const,
        method: method.example,
        path: path.example,
        ...(port !== undefined && /^\d+$/.test(port) && { port: Number(port) }),
      })),
    ),
  );
}

/** What is written, beside a value that it means; where only exceptions are written, some value that is none of them. */
function alternatives(
  wanted: Wanted | undefined,
  usual: readonly string[],
  matches: (pattern: string, value: string) => boolean,
): { label: string; example: string }[] {
  const { values = [], notValues = [] } = wanted ?? {};
  if (values.length > 0) {
    return values.map(pattern => ({
      label: pattern,
      example:
        usual.find(value => matches(pattern, value)) ?? exampleOf(pattern),
    }));
  }
  const example =
    usual.find(value => !notValues.some(pattern => matches(pattern, value))) ??
    usual[0];
  return [
    {
      label: notValues.length > 0 ? `not ${notValues.join(', ')}` : '',
      example,
    },
  ];
}

function exampleOf(pattern: string): string {
  const text = pattern.replace(/\{\*\*?\}/g, 'x').replace(/\*/g, 'x');
  return pattern.startsWith('*') ? `/${text}` : text;
}

function ofRoute({ matches }: EffectiveRule): Omit<Operation, 'id'>[] {
  return matches.flatMap(conditions => {
    const path = conditions.find(({ field }) => /^(uri|path)\b/.test(field));
    const method = conditions.find(({ field }) => field === 'method');
    if (!path || path.operator === 'regex' || !path.value.startsWith('/')) {
      return [];
    }
    const example =
      path.operator === 'prefix'
        ? `${path.value.replace(/\/$/, '')}/x`
        : path.value;
    const verb = method?.operator === 'exact' ? method.value : undefined;
    return [
      {
        label: [
          verb,
          path.operator === 'prefix' ? `${path.value}*` : path.value,
        ]
          .filter(Boolean)
          .join(' '),
        from: 'route' as const,
        method: verb ?? 'POST',
        path: example,
      },
    ];
  });
}
