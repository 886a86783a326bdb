import {
  wording,
  type ObjectRef,
  type SloRulesRequest,
} from '@ai-mesh/plugin-ai-mesh-common';
import { InputError } from '@backstage/errors';
import { stringify } from 'yaml';
import type { Expr } from '../../prometheus/promql';
import { inTurns } from '../../target/inTurns';
import { worded } from '../../worded';
import type { RuleGroup, RuleSubject } from './ruleGroups';

/** A file for a person to download. */
export interface Download {
  fileName: string;
  mediaType: string;
  content: string;
}

/** Rules as the Prometheus operator's object has them. */
export interface RuleObject {
  object?: ObjectRef;
  groups: readonly unknown[];
}

const OBJECT = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PrometheusRule',
};

/** What etcd takes is not much more. */
const MOST_BYTES = 800_000;

/**
 * The rules as Prometheus reads them, or as an object for the Prometheus operator.
 *
 * @param asSent - adds the cluster's extra labels to every selector, as the portal's own queries have them
 */
export async function ruleFile(
  groups: readonly RuleGroup[],
  { entityRef, namespace }: RuleSubject,
  format: SloRulesRequest['format'],
  asSent: (promql: Expr) => string,
): Promise<Download> {
  const name = objectName(entityRef);
  const texts: string[] = [];
  for (const group of await sentGroups(groups, entityRef, asSent)) {
    await inTurns();
    texts.push(yaml([group]));
  }
  const content =
    format === 'operator'
      ? [
          yaml({
            ...OBJECT,
            metadata: {
              name,
              ...(namespace && { namespace }),
              labels: { 'app.kubernetes.io/part-of': 'ai-mesh' },
            },
          }),
          'spec:\n  groups:\n',
          ...texts.map(text => indented(text, 4)),
        ]
      : ['groups:\n', ...texts.map(text => indented(text, 2))];
  return {
    fileName: `${name}-rules.yaml`,
    mediaType: 'application/yaml',
    content: content.join(''),
  };
}

/** The object that {@link ruleFile} writes for the operator, and its groups. */
export async function ruleObject(
  groups: readonly RuleGroup[],
  { entityRef, namespace }: RuleSubject,
  cluster: string,
  asSent: (promql: Expr) => string,
): Promise<RuleObject> {
  return {
    ...(namespace && {
      object: { cluster, ...OBJECT, namespace, name: objectName(entityRef) },
    }),
    groups: await sentGroups(groups, entityRef, asSent),
  };
}

/** @throws InputError where they are too many for one object */
async function sentGroups(
  groups: readonly RuleGroup[],
  entityRef: string,
  asSent: (promql: Expr) => string,
) {
  const size = JSON.stringify(groups).length;
  if (size > MOST_BYTES) {
    throw worded(
      InputError,
      wording('request.largeRules', {
        entity: entityRef,
        megabytes: MOST_BYTES / 1_000_000,
      }),
    );
  }
  const sent = [];
  for (const { rules, ...group } of groups) {
    await inTurns();
    sent.push({
      ...group,
      rules: rules.map(rule => ({ ...rule, expr: asSent(rule.expr) })),
    });
  }
  return sent;
}

/** Not folded: a query that is broken into lines is hard to compare. */
function yaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}

function indented(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}

/** A name that Kubernetes takes, from an entity's reference. */
export function objectName(entityRef: string): string {
  const [, namespace, name] = /^[^:]*:([^/]*)\/(.*)$/.exec(entityRef) ?? [
    '',
    'default',
    entityRef,
  ];
  return `ai-mesh-${namespace}-${name}`
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .slice(0, 200)
    .replace(/-+$/, '');
}
