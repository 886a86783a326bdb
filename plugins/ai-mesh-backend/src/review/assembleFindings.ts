import {
  fillText,
  findingMessages,
  findingText,
  type Finding,
  type FindingFix,
  type FindingMessage,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../kubernetes/kinds';
import { applicable, applyPatch, toYaml } from '../manifest';
import { objectRef } from '../routes/objectRef';
import type { Draft, Fix } from './Analyzer';
import type { ReviewSubject } from './ReviewSubject';
import { suppressedBy } from './suppression';

/**
 * What the fixes of one service may weigh together, characters: each holds its object as a whole, twice, and an object of a
 * thousand rules has a thousand findings.
 */
const MOST_OF_FIXES = 300_000;

/** Puts drafts into words; the same finding of the same place comes once. Where fixes would weigh too much, the later go. */
export function assembleFindings(
  subject: ReviewSubject,
  drafts: readonly { draft: Draft; ofObject: boolean }[],
): Finding[] {
  const findings = new Map<string, Finding>();
  const sizes = new Map<object, number>();
  let left = MOST_OF_FIXES;
  const affordable = (fix: Fix): boolean => {
    const object = objectOf(fix);
    if (left > 0 && !sizes.has(object)) {
      sizes.set(object, 2 * JSON.stringify(object).length);
    }
    left -= sizes.get(object) ?? Infinity;
    return left > 0;
  };
  for (const { draft: whole, ofObject } of drafts) {
    const { fix, ...rest } = whole;
    const draft = fix && !affordable(fix) ? rest : whole;
    const finding = assemble(subject, draft, ofObject);
    if (!findings.has(finding.id)) {
      findings.set(finding.id, finding);
    }
  }
  return [...findings.values()];
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
): Finding {
  const { snapshot, service } = subject;
  const { key, path, about, params, related = [], evidence = [], fix } = draft;
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
    params: { ...params },
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
    ...(fix && { fix: describeFix(subject, fix) }),
    ...(suppression && { suppressedBy: suppression }),
    equivalents: [...(draft.theirs ?? equivalents)],
  };
}

function describeFix({ snapshot }: ReviewSubject, fix: Fix): FindingFix {
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
    before: toYaml(applicable(object)),
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
