import {
  said,
  wording,
  type RouteNote,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { aboutSetting } from './aboutSetting';
import { implies } from './conditions';
import { Field, type ReportUnreadable } from './Field';
import { objectName, objectRef } from './objectRef';
import type { CandidateRule, MatchBlock, RouteSettings } from './RouteSource';
import { audienceOf, exportToOf, isVisibleTo } from './visibility';
import {
  virtualServiceRules,
  type VirtualServiceRule,
} from './virtualServiceRules';

interface Delegation {
  rules: CandidateRule[];
  notes: RouteNote[];
  /** The delegate, where there is one. */
  objects: ConfigObject[];
}

/**
 * Replaces a rule by the rules of the VirtualService that it delegates to, one level deep, as Istio does: the
 * delegate must have no hosts of its own, its matches must narrow the root's, and what it leaves unset the root sets.
 */
export function followDelegate(
  snapshot: MeshSnapshot,
  root: ConfigObject,
  rule: VirtualServiceRule,
  reportOn: (object: ConfigObject) => ReportUnreadable,
): Delegation {
  if (!rule.delegate) {
    return { rules: [rule], notes: [], objects: [] };
  }
  const { namespace, name } = rule.delegate;
  const delegate = snapshot.get('VirtualService', namespace, name);
  if (!delegate) {
    return leftOut(
      snapshot,
      [root],
      rule,
      'delegate-missing',
      wording('route.delegateMissing', {
        delegate: `VirtualService ${namespace}/${name}`,
      }),
    );
  }
  const problem = whyInvalid(snapshot, delegate, root, reportOn(delegate));
  if (problem) {
    return leftOut(
      snapshot,
      [root, delegate],
      rule,
      'delegate-invalid',
      problem,
    );
  }
  const notes: RouteNote[] = [];
  const rules = virtualServiceRules(
    snapshot,
    delegate,
    [...new Set(rule.blocks.flatMap(block => block.gateways))],
    reportOn(delegate),
  )
    .filter(({ protocol }) => protocol === 'http')
    .map(({ delegate: nested, ...own }) => {
      const merged = merge(rule, own);
      if (!nested) {
        return merged;
      }
      const why = wording('route.delegateNested', {
        path: own.path,
        delegate: objectName(delegate),
        nested: `${nested.namespace}/${nested.name}`,
      });
      notes.push(
        note(snapshot, [delegate, root], 'delegate-nested', [why], own.path),
      );
      return { ...merged, leftOut: [why] };
    });
  return { rules, notes, objects: [delegate] };
}

function whyInvalid(
  snapshot: MeshSnapshot,
  delegate: ConfigObject,
  root: ConfigObject,
  report: ReportUnreadable,
): Words | undefined {
  const spec = new Field(delegate.spec, 'spec', report);
  if (spec.at('hosts').list().length > 0) {
    return wording('route.delegateWithHosts', {
      delegate: objectName(delegate),
    });
  }
  const { namespace = '' } = delegate.metadata;
  const audience = audienceOf(
    exportToOf(
      snapshot,
      'VirtualService',
      namespace,
      spec.at('exportTo').texts(),
    ),
    namespace,
  );
  return isVisibleTo(audience, root.metadata.namespace ?? '')
    ? undefined
    : wording('route.delegateNotExported', {
        delegate: objectName(delegate),
        namespace: root.metadata.namespace ?? '',
      });
}

function merge(root: CandidateRule, own: CandidateRule): CandidateRule {
  const blocks = mergeBlocks(root.blocks, own.blocks);
  const name =
    root.name && own.name
      ? `${root.name}-${own.name}`
      : (own.name ?? root.name);
  return {
    ...own,
    ...(name && { name }),
    blocks: blocks ?? own.blocks,
    settings: mergeSettings(root.settings, own.settings),
    ...(!blocks && {
      leftOut: [aboutSetting('route.delegateContradicts', root)],
    }),
  };
}

function mergeSettings(root: RouteSettings, own: RouteSettings): RouteSettings {
  return {
    timeoutMs: own.timeoutMs ?? root.timeoutMs,
    retries: own.retries ?? root.retries,
    fault: own.fault ?? root.fault,
    mirrors: own.mirrors ?? root.mirrors,
    headers: own.headers ?? root.headers,
    rewrite: own.rewrite ?? root.rewrite,
    actions: own.actions,
  };
}

/** Undefined where an alternative of the delegate fits into none of the root's. */
function mergeBlocks(
  root: MatchBlock[],
  own: MatchBlock[],
): MatchBlock[] | undefined {
  const merged = own.map(block =>
    root
      .filter(outer => fits(outer, block))
      .map(outer => ({
        gateways: outer.gateways,
        conditions: [
          ...block.conditions,
          ...outer.conditions.filter(
            condition =>
              !block.conditions.some(
                ({ field, name }) =>
                  field === condition.field && name === condition.name,
              ),
          ),
        ],
      })),
  );
  return merged.every(blocks => blocks.length > 0) ? merged.flat() : undefined;
}

/** Where both look at the same thing, the inner condition must narrow the outer; regular expressions never do. */
function fits(outer: MatchBlock, inner: MatchBlock): boolean {
  return inner.conditions.every(given =>
    outer.conditions
      .filter(({ field, name }) => field === given.field && name === given.name)
      .every(
        wanted =>
          given.operator !== 'regex' &&
          wanted.operator !== 'regex' &&
          implies(given, wanted),
      ),
  );
}

function leftOut(
  snapshot: MeshSnapshot,
  objects: ConfigObject[],
  { delegate: _, ...rule }: VirtualServiceRule,
  kind: RouteNote['kind'],
  why: Words,
): Delegation {
  return {
    rules: [{ ...rule, leftOut: [why, wording('route.istioLeavesOut')] }],
    notes: [
      note(
        snapshot,
        objects,
        kind,
        [wording('route.leftOut', { path: rule.path }), why],
        rule.path,
      ),
    ],
    objects: objects.slice(1),
  };
}

function note(
  snapshot: MeshSnapshot,
  objects: ConfigObject[],
  kind: RouteNote['kind'],
  words: readonly Words[],
  path: string,
): RouteNote {
  return {
    kind,
    ...said(...words),
    path,
    objects: objects.map(object => objectRef(snapshot, object)),
  };
}
