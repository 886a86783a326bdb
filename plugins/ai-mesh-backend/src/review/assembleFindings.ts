import {
  fillText,
  findingMessages,
  findingText,
  inEnglish,
  said,
  wording,
  type Finding,
  type FindingFix,
  type FindingMessage,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../kubernetes/kinds';
import { applicable, applyPatch, toYaml } from '../manifest';
import { objectRef } from '../routes/objectRef';
import { onceForEach } from '../routes/onceForEach';
import type { Draft, Fix } from './Analyzer';
import type { ReviewSubject } from './ReviewSubject';
import { suppressedBy } from './suppression';

/**
 * What is written for the fixes of one service together, in characters of JSON: each holds its object as a whole, and an object
 * of a thousand rules has a thousand findings. To write a kilobyte as YAML takes about a millisecond.
 */
const MOST_OF_FIXES = 80_000;

/** Puts drafts into words; the same finding of the same place comes once. Where fixes would weigh too much, the later go. */
export function assembleFindings(
  subject: ReviewSubject,
  drafts: readonly { draft: Draft; ofObject: boolean }[],
): Finding[] {
  const findings = new Map<string, Finding>();
  const sizes = new Map<object, number>();
  const writeOnce = onceForEach((object: ConfigObject) =>
    toYaml(applicable(object)),
  );
  let left = MOST_OF_FIXES;
  const affordable = (fix: Fix): boolean => {
    const object = objectOf(fix);
    const isNew = !sizes.has(object);
    if (left > 0 && isNew) {
      sizes.set(object, JSON.stringify(object).length);
    }
    // As it would be, and once as it is.
    left -= (sizes.get(object) ?? Infinity) * (isNew ? 2 : 1);
    return left > 0;
  };
  for (const { draft: whole, ofObject } of drafts) {
    const { fix, ...rest } = whole;
    const draft = fix && !affordable(fix) ? withoutFix(rest) : whole;
    const finding = assemble(subject, draft, ofObject, writeOnce);
    if (!findings.has(finding.id)) {
      findings.set(finding.id, finding);
    }
  }
  return [...findings.values()];
}

function withoutFix({ evidence = [], ...rest }: Omit<Draft, 'fix'>): Draft {
  return {
    ...rest,
    evidence: [
      ...evidence,
      {
        from: 'configuration',
        ...said(wording('review.fixLeftOut')),
      },
    ],
  };
}

function objectOf(fix: Fix): object {
  if ('create' in fix) {
    return fix.create;
  }
  return 'apply' in fix ? fix.apply : fix.object;
}

function assemble(
  subject: ReviewSubject,
  draft: Draft,
  ofObject: boolean,
  yamlOf: (object: ConfigObject) => string,
): Finding {
  const { snapshot, service } = subject;
  const { key, path, about, related = [], evidence = [], fix } = draft;
  const { params, phrases } = tellParams(draft.params);
  const { code, severity, link, equivalents }: FindingMessage =
    findingMessages[key];
  const text = findingText(key)!;
  const object = objectRef(snapshot, draft.object as ConfigObject);
  const suppression = suppressedBy(snapshot, code, [
    draft.object,
    ...(ofObject ? [] : [subject.object]),
  ]);
  return {
    id: [
      key,
      service.cluster,
      ...(ofObject ? [] : [service.namespace, service.name]),
      object.kind,
      object.namespace,
      object.name,
      path,
      ...(about === undefined ? [] : [about]),
    ].join('/'),
    code,
    messageKey: key,
    severity,
    service,
    object,
    path,
    related: related.map(other => objectRef(snapshot, other as ConfigObject)),
    params,
    ...(phrases && { phrases }),
    message: fillText(text.message, params),
    why: text.why,
    link,
    evidence: [
      ...evidence,
      ...(path === '' || evidence.some(({ at }) => at)
        ? []
        : [
            {
              from: 'configuration' as const,
              message: path,
              at: { object, path },
            },
          ]),
    ],
    ...(fix && { fix: describeFix(subject, fix, yamlOf) }),
    ...(suppression && { suppressedBy: suppression }),
    equivalents: [...(draft.theirs ?? equivalents)],
  };
}

/** In English, and those that are words for other languages as well. */
function tellParams(
  params: Draft['params'],
): Required<Pick<Finding, 'params'>> & Pick<Finding, 'phrases'> {
  const phrases = Object.entries(params).flatMap(([name, param]) =>
    typeof param === 'object' ? [[name, [param].flat()] as const] : [],
  );
  return {
    params: {
      ...(params as Finding['params']),
      ...Object.fromEntries(
        phrases.map(([name, words]) => [name, inEnglish(words)]),
      ),
    },
    ...(phrases.length > 0 && { phrases: Object.fromEntries(phrases) }),
  };
}

function describeFix(
  { snapshot }: ReviewSubject,
  fix: Fix,
  yamlOf: (object: ConfigObject) => string,
): FindingFix {
  if ('create' in fix) {
    return {
      object: objectRef(snapshot, fix.create),
      yaml: toYaml(fix.create),
    };
  }
  if ('apply' in fix) {
    const { apply } = fix;
    return {
      object: objectRef(snapshot, apply),
      yaml: toYaml(applicable(apply)),
      before: toYaml(applicable({ ...apply, apiVersion: fix.writtenIn })),
    };
  }
  const object = fix.object as ConfigObject;
  const { resourceVersion } = object.metadata;
  return {
    object: objectRef(snapshot, object),
    yaml: toYaml(applicable(applyPatch(object, fix.operations))),
    before: yamlOf(object),
    jsonPatch: [
      // The object may have changed since: then this is no longer the right change.
      ...(resourceVersion === undefined
        ? []
        : [
            {
              op: 'test' as const,
              path: '/metadata/resourceVersion',
              value: resourceVersion,
            },
          ]),
      ...fix.operations,
    ],
  };
}
