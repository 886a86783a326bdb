import { escapeRegex } from '../promql';

/** What stands around a name in a label's values, so that each of them holds one name and no other. */
export interface Within {
  /** Regular expressions of what stands before and after the name. */
  before: string;
  after: string;
  /** A regular expression whose first group is the name, of a value that is known to hold one. */
  named: string;
}

const SPECIAL = '\\\\^$.*+?()[\\]{}|';
const LITERAL = `(?:[^${SPECIAL}]|\\\\[${SPECIAL}])+`;
const LITERALS = `${LITERAL}(?:\\|${LITERAL})*`;
const ONLY_LITERALS = new RegExp(`^${LITERALS}$`, 'u');

/**
 * A dash and letters that are none: the names of a workload's pods end in as many of these as its controller makes up.
 * Whatever dashes the workload's own name has, a pod's name less its last so many parts is one name alone.
 */
const PART = '-\\[(?:[0-9a-z]-[0-9a-z]|[0-9a-z])+\\](?:\\+|\\{[0-9]+\\})';
const POD = new RegExp(`(${LITERAL}?)((?:${PART})+)(?:\\||$)`, 'uy');

/** Fields with a bar after each and none within, as Envoy's names of clusters have before the host. */
const FIELD = '(?:[a-z]+|\\[0-9\\]\\*|\\[\\^\\|\\]\\*)\\\\\\|';
const LAST_FIELD = new RegExp(
  `^((?:${FIELD})+)\\((${LITERALS})\\)(;\\?)$`,
  'u',
);

/** The values of a regular expression that is an alternation of them and no more. */
export function literals(regex: string): string[] | undefined {
  return ONLY_LITERALS.test(regex)
    ? regex.match(/(?:[^\\|]|\\.)+/gu)!.map(unescaped)
    : undefined;
}

/** The names of a regular expression that is an alternation of them, and always the same around each. */
export function namesWithin(
  regex: string,
): { values: string[]; within: Within } | undefined {
  return namesOfPods(regex) ?? namesInLastField(regex);
}

/** A regular expression of the names, and what is around them. */
export function aroundNames(
  { before, after }: Within,
  names: Iterable<string>,
): string {
  // In this order names that begin alike stand together, and a server reads what they share once.
  const all = [...new Set(names)].sort().map(escapeRegex).join('|');
  return `${before}(${all})${after}`;
}

function namesOfPods(regex: string) {
  const values: string[] = [];
  const ends = new Set<string>();
  POD.lastIndex = 0;
  while (POD.lastIndex < regex.length) {
    const found = POD.exec(regex);
    if (!found) {
      return undefined;
    }
    values.push(unescaped(found[1]));
    ends.add(found[2]);
  }
  const [suffix, ...others] = ends;
  // An alternative of nothing would be one more.
  if (!suffix || others.length > 0 || regex.endsWith('|')) {
    return undefined;
  }
  const versions = versionsOf(values);
  const after = `${versions ? `-(?:${versions.tails.join('|')})` : ''}${suffix}`;
  return {
    values: versions ? [versions.name] : values,
    within: { before: '', after, named: `(.+)${after}` },
  };
}

const VERSION = /^(.+)-([0-9a-z]+)$/;

/** Of names that are one but for a last part, as those of two versions of a workload are, the one and the parts. */
function versionsOf(
  names: readonly string[],
): { name: string; tails: string[] } | undefined {
  const parts = names.map(name => VERSION.exec(name));
  const [first] = parts;
  return first &&
    names.length > 1 &&
    parts.every(part => part?.[1] === first[1])
    ? { name: first[1], tails: parts.map(part => part![2]).sort() }
    : undefined;
}

function namesInLastField(regex: string) {
  const [, before, names, after] = LAST_FIELD.exec(regex) ?? [];
  const values = names ? literals(names) : undefined;
  return values && values.every(value => !/[|;]/.test(value))
    ? { values, within: { before, after, named: `${before}([^|;]+)${after}` } }
    : undefined;
}

function unescaped(literal: string): string {
  return literal.replace(/\\(.)/gu, '$1');
}
