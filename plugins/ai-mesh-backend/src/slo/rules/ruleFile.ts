import { wording, type SloRulesRequest } from '@ai-mesh/plugin-ai-mesh-common';
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
  const name = objectName(entityRef);
  const texts: string[] = [];
  for (const { rules, ...group } of groups) {
    await inTurns();
    const sent = rules.map(rule => ({ ...rule, expr: asSent(rule.expr) }));
    texts.push(yaml([{ ...group, rules: sent }]));
  }
  const content =
    format === 'operator'
      ? [
          yaml({
            apiVersion: 'monitoring.coreos.com/v1',
            kind: 'PrometheusRule',
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
