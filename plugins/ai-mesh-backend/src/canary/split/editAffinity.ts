import {
  wording,
  type CanaryAffinity,
  type JsonPatchOperation,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../../kubernetes/kinds';
import {
  cookiePair,
  cookieRegex,
  isSameCookie,
  setCookieOf,
  type WrittenAffinity,
} from './affinity';
import { wordingWith } from '../../worded';
import type { AnswerCookie } from './AnswerCookie';
import { newDestination } from './editWeights';
import type { FoundRule } from './findRule';
import { whyNoHeaderRule } from './headerConditions';
import { asList, asRecord, type JsonRecord } from './json';
import { findAffinityRule, routeRules } from './readSplit';
import type { RouteDialect, SplitDestination } from './RouteDialect';
import { routeDialect } from './routeDialects';
import { removeRule, type RuleEdit } from './RuleEdit';
import type { SplitContext, SplitTarget } from './SplitContext';
import { SplitRefusal } from './SplitRefusal';

/** What keeps people from staying with the canary by a cookie on this route, in a sentence; undefined where nothing does. */
export function whyNoAffinity(
  kind: string,
  affinity: CanaryAffinity,
  { rule, canary }: Pick<FoundRule, 'rule' | 'canary'>,
): Words | undefined {
  const { answerCookie } = routeDialect(kind);
  if (!answerCookie) {
    return wording('affinity.noBrowsers', { kind });
  }
  const obstacle = answerCookie.obstacle(rule.raw, canary?.raw ?? {});
  return obstacle === undefined
    ? whyNoHeaderRule(cookieHeader(cookiePair(affinity, 'canary')), rule)
    : wordingWith('affinity.obstacle', { rule: rule.label, obstacle });
}

/**
 * The writes that have people kept with the canary, or no longer.
 *
 * @param canary - the canary's destination once the weights are written
 * @throws SplitRefusal where the route cannot keep anybody
 */
export function editAffinity(
  object: ConfigObject,
  context: SplitContext,
  found: FoundRule,
  canary: SplitDestination | undefined,
  target: SplitTarget,
): {
  destination: JsonPatchOperation[];
  rules: RuleEdit[];
  written?: WrittenAffinity;
} {
  const dialect = routeDialect(object.kind);
  const { answerCookie } = dialect;
  const wanted = target.kind === 'running' ? target.affinity : undefined;
  if (!wanted) {
    return {
      destination: withoutCookie(context, answerCookie, canary),
      rules: ruleRemoved(object, context.affinity),
    };
  }
  if (!answerCookie || !canary) {
    throw new SplitRefusal(
      'unsupported',
      whyNoAffinity(object.kind, wanted, found) ??
        wording('split.noAnswerCookie'),
    );
  }
  const written = context.affinity ?? {
    rule: dialect.headerRule(
      found.rule,
      (found.canary ?? newDestination(object, context.selector, found, 0)).raw,
      cookieHeader(cookiePair(wanted, context.id)),
      `${context.id}-affinity`,
    ),
    setCookie: setCookieOf(wanted, context.id),
  };
  return {
    destination: withCookie(object.kind, wanted, found, canary, written),
    rules: addRule(object, dialect, found, written),
    written,
  };
}

/** The writes that take the cookie away wherever it stands, for where the canary's rule is no longer what it was. */
export function removeAffinity(
  object: ConfigObject,
  { affinity, original }: Pick<SplitContext, 'affinity' | 'original'>,
): { destination: JsonPatchOperation[]; rules: RuleEdit[] } {
  const dialect = routeDialect(object.kind);
  const { answerCookie, rulesPointer } = dialect;
  return {
    destination: routeRules(object).flatMap((rule, i) =>
      asList(asRecord(rule)?.[answerCookie?.listKey ?? '']).flatMap((raw, j) =>
        withoutCookie({ affinity, original }, answerCookie, {
          pointer: `${rulesPointer}/${i}/${answerCookie?.listKey}/${j}`,
          raw: asRecord(raw) ?? {},
        }),
      ),
    ),
    rules: ruleRemoved(object, affinity),
  };
}

function cookieHeader(pair: string) {
  return { headers: [{ name: 'cookie', regex: cookieRegex(pair) }] };
}

function withCookie(
  kind: string,
  wanted: CanaryAffinity,
  found: FoundRule,
  canary: SplitDestination,
  { setCookie }: WrittenAffinity,
): JsonPatchOperation[] {
  const { answerCookie } = routeDialect(kind);
  const present = answerCookie?.all(canary.raw) ?? [];
  if (!answerCookie || present.includes(setCookie)) {
    return [];
  }
  const why = present.some(text => isSameCookie(text, setCookie))
    ? undefined
    : whyNoAffinity(kind, wanted, found);
  if (why) {
    throw new SplitRefusal('unsupported', why);
  }
  return changed(
    canary,
    answerCookie,
    answerCookie.with(canary.raw, setCookie),
  );
}

function withoutCookie(
  { affinity, original }: Pick<SplitContext, 'affinity' | 'original'>,
  answerCookie: AnswerCookie | undefined,
  canary: Pick<SplitDestination, 'pointer' | 'raw'> | undefined,
): JsonPatchOperation[] {
  if (!affinity || !answerCookie || !canary) {
    return [];
  }
  const { setCookie } = affinity;
  return answerCookie
    .all(canary.raw)
    .some(text => isSameCookie(text, setCookie))
    ? changed(
        canary,
        answerCookie,
        answerCookie.without(
          canary.raw,
          setCookie,
          original.canary?.answerFields ?? 0,
        ),
      )
    : [];
}

function changed(
  { pointer, raw }: Pick<SplitDestination, 'pointer' | 'raw'>,
  { key }: AnswerCookie,
  after: JsonRecord,
): JsonPatchOperation[] {
  const path = `${pointer}/${key}`;
  if (after[key] === undefined) {
    return [{ op: 'remove', path }];
  }
  return [
    {
      op: raw[key] === undefined ? 'add' : 'replace',
      path,
      value: after[key],
    },
  ];
}

function addRule(
  object: ConfigObject,
  { rulesPointer }: RouteDialect,
  { rule }: FoundRule,
  written: WrittenAffinity,
): RuleEdit[] {
  const { index, state } = findAffinityRule(object, written);
  if (state === 'as-written') {
    return [];
  }
  const place = state === 'absent' ? rule.index : index;
  return [
    {
      index: place,
      operation: {
        op: state === 'absent' ? 'add' : 'replace',
        path: `${rulesPointer}/${place}`,
        value: written.rule,
      },
    },
  ];
}

function ruleRemoved(
  object: ConfigObject,
  affinity: WrittenAffinity | undefined,
): RuleEdit[] {
  return removeRule(
    routeDialect(object.kind),
    findAffinityRule(object, affinity).index,
  );
}
