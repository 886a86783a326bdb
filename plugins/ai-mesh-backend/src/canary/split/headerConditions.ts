import {
  wording,
  type CanaryHeaderPhase,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { RE2JS } from 're2js';
import { asList, asRecord } from './json';
import type { SplitRule } from './RouteDialect';
import { shortened } from '../../shortened';

/** One condition on one header, of which any is enough. */
export type HeaderCondition = { name: string } & (
  { exact: string } | { prefix: string } | { regex: string }
);

/** What a header phase asks of requests: a condition for each value. */
export function headerConditions({
  headers,
}: CanaryHeaderPhase): HeaderCondition[] {
  return headers.flatMap(
    ({ name, value, values, prefix, regex }): HeaderCondition[] => {
      if (prefix !== undefined) {
        return [{ name, prefix }];
      }
      if (regex !== undefined) {
        return [{ name, regex }];
      }
      return [...(value === undefined ? [] : [value]), ...(values ?? [])].map(
        exact => ({ name, exact }),
      );
    },
  );
}

/** The expression of RE2 that matches what begins so. The Gateway API has no prefixes of headers. */
export function regexOfPrefix(prefix: string): string {
  return `${RE2JS.quote(prefix)}.*`;
}

/** What keeps a header phase from being a rule above this one, in a sentence; undefined where nothing does. */
export function whyNoHeaderRule(
  phase: CanaryHeaderPhase,
  { raw, label }: SplitRule,
): Words | undefined {
  for (const { name, regex } of phase.headers) {
    if (regex === undefined) {
      continue;
    }
    try {
      RE2JS.compile(regex);
    } catch (error) {
      return wording('header.badRegex', {
        header: name,
        error: shortened((error as Error).message, 100),
      });
    }
  }
  const taken = new Set(
    asList(raw.match ?? raw.matches).flatMap(match => {
      const headers = asRecord(match)?.headers;
      return Array.isArray(headers)
        ? headers.map(header => String(asRecord(header)?.name).toLowerCase())
        : Object.keys(asRecord(headers) ?? {}).map(one => one.toLowerCase());
    }),
  );
  const twice = phase.headers.find(({ name }) => taken.has(name.toLowerCase()));
  return twice && wording('header.twice', { rule: label, header: twice.name });
}
