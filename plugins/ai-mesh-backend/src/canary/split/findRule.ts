import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../../kubernetes/kinds';
import { wordingWith } from '../../worded';
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
        ? wording('split.rulesNamed', {
            title,
            count: candidates.length,
            rule: selector.rule,
            rules: labels(candidates),
          })
        : wording('split.ambiguous', {
            title,
            version: versionText(stable),
            rules: labels(candidates),
          }),
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
        wording('split.versionTwice', {
          rule: rule.label,
          title,
          version: versionText(version),
          count: found.length,
        }),
      );
    }
    return found.at(0);
  };
  const stableDestination = one(stable);
  if (!stableDestination) {
    throw new SplitRefusal(
      'version-missing',
      wording(
        'split.versionMissing',
        {
          rule: rule.label,
          title,
          version: versionText(stable),
          destinations: rule.destinations.map(versionText).join(', '),
        },
        {
          others:
            rule.destinations.length > 0 ? 'split.others' : 'split.nothing',
        },
      ),
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
      wordingWith('split.noRuleNamed', {
        title,
        rule: selector.rule,
        rules: labelsOfAll(rules),
      }),
    );
  }
  if (holders.length > 0) {
    return new SplitRefusal(
      'rule-missing',
      wording(
        holders.some(({ name }) => name)
          ? 'split.allMatch'
          : 'split.allMatchUnnamed',
        { title, version: versionText(stable), rules: labels(holders) },
      ),
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
        wording('split.tcp', {
          title,
          host: stable.host,
          rules: others.join(', '),
        }),
      )
    : new SplitRefusal(
        'rule-missing',
        wordingWith('split.noRuleTo', {
          title,
          version: versionText(stable),
          rules: labelsOfAll(rules),
        }),
      );
}

/** Of all rules of a route, of which there may be none. */
function labelsOfAll(rules: SplitRule[]): Words | string {
  return labels(rules) || wording('split.noRule');
}

function labels(rules: SplitRule[]): string {
  return rules
    .map(({ label, name }) => (name ? `${label} "${name}"` : label))
    .join(', ');
}
