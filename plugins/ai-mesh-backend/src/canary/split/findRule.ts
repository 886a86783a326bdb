import type { ConfigObject } from '../../kubernetes/kinds';
import { isVersion, versionText, type FullVersion } from './FullVersion';
import type { SplitDestination, SplitRule } from './RouteDialect';
import { routeDialect } from './routeDialects';
import { SplitRefusal } from './SplitRefusal';

/** Which rule of a route object, and which two versions in it. */
export interface SplitSelector {
  /** The rule's name; absent: the only rule without a match that holds the stable version. */
  rule?: string;
  stable: FullVersion;
  canary: FullVersion;
  clusterDomain: string;
}

/** A rule that holds the stable version, and perhaps the canary. */
export interface FoundRule {
  rule: SplitRule;
  stable: SplitDestination;
  canary?: SplitDestination;
}

/**
 * Finds the rule anew in whatever the object holds now: rules may have been added above it since the last look.
 *
 * @throws SplitRefusal where none or more than one qualifies
 */
export function findRule(
  object: ConfigObject,
  selector: SplitSelector,
): FoundRule {
  const dialect = routeDialect(object.kind);
  const title = `${object.kind} ${object.metadata.namespace}/${object.metadata.name}`;
  const rules = dialect.rules(object, selector.clusterDomain);
  const { stable } = selector;
  const holders = rules.filter(rule =>
    rule.destinations.some(destination => isVersion(destination, stable)),
  );
  const candidates = selector.rule
    ? rules.filter(({ name }) => name === selector.rule)
    : holders.filter(({ catchAll }) => catchAll);
  if (candidates.length === 1) {
    return inRule(candidates[0], selector, title);
  }
  if (candidates.length > 1) {
    throw new SplitRefusal(
      'rule-ambiguous',
      selector.rule
        ? `${title} has ${candidates.length} rules named "${selector.rule}": ${labels(candidates)}`
        : `${title} has more than one rule without a match that sends to ${versionText(stable)}: ${labels(candidates)}. Name the one to use.`,
    );
  }
  throw refuseWithout(object, selector, title, rules, holders);
}

function inRule(
  rule: SplitRule,
  { stable, canary }: SplitSelector,
  title: string,
): FoundRule {
  const one = (version: FullVersion) => {
    const found = rule.destinations.filter(destination =>
      isVersion(destination, version),
    );
    if (found.length > 1) {
      throw new SplitRefusal(
        'version-ambiguous',
        `${rule.label} of ${title} sends to ${versionText(version)} ${found.length} times. Name the port, where the ports differ.`,
      );
    }
    return found.at(0);
  };
  const stableDestination = one(stable);
  if (!stableDestination) {
    throw new SplitRefusal(
      'version-missing',
      `${rule.label} of ${title} does not send to ${versionText(stable)}. It sends to ${
        rule.destinations.map(versionText).join(', ') || 'nothing'
      }.`,
    );
  }
  return { rule, stable: stableDestination, canary: one(canary) };
}

function refuseWithout(
  object: ConfigObject,
  selector: SplitSelector,
  title: string,
  rules: SplitRule[],
  holders: SplitRule[],
): SplitRefusal {
  const { stable, clusterDomain } = selector;
  if (selector.rule) {
    return new SplitRefusal(
      'rule-missing',
      `${title} has no rule named "${selector.rule}". It has ${labels(rules)}.`,
    );
  }
  if (holders.length > 0) {
    return new SplitRefusal(
      'rule-missing',
      `Every rule of ${title} that sends to ${versionText(stable)} has a match: ${labels(holders)}. Name the one to use${
        holders.some(({ name }) => name)
          ? '.'
          : '; for that it needs a name in the object.'
      }`,
    );
  }
  const others = routeDialect(object.kind).otherProtocols(
    object,
    stable.host,
    clusterDomain,
  );
  return others.length > 0
    ? new SplitRefusal(
        'unsupported',
        `${title} sends to ${stable.host} as TLS or TCP (${others.join(', ')}). Shares can only be moved where requests are seen: on HTTP and gRPC rules.`,
      )
    : new SplitRefusal(
        'rule-missing',
        `No rule of ${title} sends to ${versionText(stable)}. It has ${labels(rules)}.`,
      );
}

function labels(rules: SplitRule[]): string {
  return (
    rules
      .map(({ label, name }) => (name ? `${label} "${name}"` : label))
      .join(', ') || 'no HTTP or gRPC rule'
  );
}
