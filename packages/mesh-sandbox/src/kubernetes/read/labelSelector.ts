import { badRequest } from '../status/refusals';

export type Labels = Readonly<Record<string, string>>;

/** Whether an object's labels satisfy a selector. */
export type LabelSelector = (labels: Labels | undefined) => boolean;

/** A `labelSelector` parameter, equality-based and set-based: `app=a,tier!=b,env in (x,y),!legacy`. */
export function parseLabelSelector(text: string | undefined): LabelSelector {
  const requirements = splitRequirements(text ?? '').map(parseRequirement);
  return labels => requirements.every(holds => holds(labels ?? {}));
}

/** Whether labels have all the given values, as a Service's selector asks for. */
export function hasLabels(labels: Labels | undefined, wanted: Labels): boolean {
  return Object.entries(wanted).every(
    ([key, value]) => labels?.[key] === value,
  );
}

/** Splits at commas, but not at those inside of parentheses. */
function splitRequirements(text: string): string[] {
  return text
    .split(/,(?![^()]*\))/)
    .map(part => part.trim())
    .filter(part => part !== '');
}

type Requirement = (labels: Labels) => boolean;

const key = '[A-Za-z0-9](?:[-A-Za-z0-9_./]*[A-Za-z0-9])?';
const value = '(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?';
const comparison = new RegExp(`^(${key})\\s*(==|=|!=)\\s*(${value})$`);
const order = new RegExp(`^(${key})\\s*([<>])\\s*(-?\\d+)$`);
const membership = new RegExp(
  `^(${key})\\s+(in|notin)\\s*\\(\\s*(${value}(?:\\s*,\\s*${value})*)\\s*\\)$`,
);
const existence = new RegExp(`^(!?)\\s*(${key})$`);

function parseRequirement(text: string): Requirement {
  const compared = comparison.exec(text);
  if (compared) {
    const [, name, operator, wanted] = compared;
    return operator === '!='
      ? labels => labels[name] !== wanted
      : labels => labels[name] === wanted;
  }
  const member = membership.exec(text);
  if (member) {
    const [, name, operator, list] = member;
    const values = new Set(list.split(',').map(each => each.trim()));
    return operator === 'in'
      ? labels => name in labels && values.has(labels[name])
      : labels => !(name in labels) || !values.has(labels[name]);
  }
  const ordered = order.exec(text);
  if (ordered) {
    const [, name, operator, bound] = ordered;
    return labels =>
      /^-?\d+$/.test(labels[name] ?? '') &&
      (operator === '>'
        ? Number(labels[name]) > Number(bound)
        : Number(labels[name]) < Number(bound));
  }
  const existing = existence.exec(text);
  if (existing) {
    const [, not, name] = existing;
    return labels => name in labels !== (not === '!');
  }
  throw badRequest(`unable to parse requirement: ${text}`);
}
