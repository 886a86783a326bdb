import type { RouteNote } from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
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
    const message = `It delegates to VirtualService ${namespace}/${name}, which does not exist.`;
    return leftOut(snapshot, [root], rule, 'delegate-missing', message);
  }
  const problem = whyInvalid(snapshot, delegate, root, reportOn(delegate));
  if (problem) {
    const message = `It delegates to ${objectName(delegate)}, which ${problem}.`;
    return leftOut(
      snapshot,
      [root, delegate],
      rule,
      'delegate-invalid',
      message,
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
      const message = `${own.path} of ${objectName(delegate)} delegates once more, to ${nested.namespace}/${nested.name}; Istio follows one level only.`;
      notes.push(
        note(snapshot, [delegate, root], 'delegate-nested', message, own.path),
      );
      return { ...merged, leftOut: message };
    });
  return { rules, notes, objects: [delegate] };
}

function whyInvalid(
  snapshot: MeshSnapshot,
  delegate: ConfigObject,
  root: ConfigObject,
  report: ReportUnreadable,
): string | undefined {
  const spec = new Field(delegate.spec, 'spec', report);
  if (spec.at('hosts').list().length > 0) {
    return 'has hosts of its own and therefore is no delegate';
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
    : `is not exported to the namespace ${root.metadata.namespace}`;
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
      leftOut: `Its match contradicts that of ${root.path} in ${root.object.kind} ${root.object.namespace}/${root.object.name}, which delegates to it.`,
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
  message: string,
): Delegation {
  return {
    rules: [{ ...rule, leftOut: `${message} Istio leaves the rule out.` }],
    notes: [
      note(
        snapshot,
        objects,
        kind,
        `${rule.path} is left out: ${message}`,
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
  message: string,
  path: string,
): RouteNote {
  return {
    kind,
    message,
    path,
    objects: objects.map(object => objectRef(snapshot, object)),
  };
}
