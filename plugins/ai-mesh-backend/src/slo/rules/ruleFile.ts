import type { SloRulesRequest } from '@ai-mesh/plugin-ai-mesh-common';
import { stringify } from 'yaml';
import type { Expr } from '../../prometheus/promql';
import type { RuleGroup, RuleSubject } from './ruleGroups';

/** A file for a person to download. */
export interface Download {
  fileName: string;
  mediaType: string;
  content: string;
}

/**
 * The rules as Prometheus reads them, or as an object for the Prometheus operator.
 *
 * @param asSent - adds the cluster's extra labels to every selector, as the portal's own queries have them
 */
export function ruleFile(
  groups: readonly RuleGroup[],
  { entityRef, namespace }: RuleSubject,
  format: SloRulesRequest['format'],
  asSent: (promql: Expr) => string,
): Download {
  const spec = {
    groups: groups.map(({ rules, ...group }) => ({
      ...group,
      rules: rules.map(rule => ({ ...rule, expr: asSent(rule.expr) })),
    })),
  };
  const name = objectName(entityRef);
  const content =
    format === 'operator'
      ? {
          apiVersion: 'monitoring.coreos.com/v1',
          kind: 'PrometheusRule',
          metadata: {
            name,
            ...(namespace && { namespace }),
            labels: { 'app.kubernetes.io/part-of': 'ai-mesh' },
          },
          spec,
        }
      : spec;
  return {
    fileName: `${name}-rules.yaml`,
    mediaType: 'application/yaml',
    // Not folded: a query that is broken into lines is hard to compare.
    content: stringify(content, { lineWidth: 0, aliasDuplicateObjects: false }),
  };
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
