import {
  inEnglish,
  textsEn,
  wording,
  type TextKey,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { z } from 'zod';

/** What the schemas of the API say themselves, by their English, in which figures may be. */
const rules = Object.entries(textsEn).flatMap(([key, text]) =>
  key.startsWith('rule.')
    ? [{ key: key as TextKey, pattern: patternOf(text) }]
    : [],
);

/** What a schema says of a value that is against a rule of its own: in words where the catalogue has it. */
export function ruleWords({ message }: { message: string }): Words {
  for (const { key, pattern } of rules) {
    const match = pattern.exec(message);
    if (match) {
      return wording(key, match.groups && { ...match.groups });
    }
  }
  return wording('verbatim', { text: message });
}

/** A text whose places are figures. */
function patternOf(text: string): RegExp {
  const source = text
    .split(/\{\{(\w+)\}\}/)
    .map((part, index) =>
      index % 2 === 0
        ? part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
        : `(?<${part}>\\d+)`,
    )
    .join('');
  return new RegExp(`^${source}$`);
}

/** What is wrong with a value, half a sentence: as zod says it, and in words where the catalogue says the same. */
export function problemWords(issue: z.core.$ZodIssue): Words {
  const words = ofCatalogue(issue);
  return words && inEnglish([words]) === issue.message
    ? words
    : ruleWords(issue);
}

function ofCatalogue(issue: z.core.$ZodIssue): Words | undefined {
  switch (issue.code) {
    case 'invalid_type': {
      const received = /received (\w+)$/.exec(issue.message)?.[1] ?? '';
      return wording('problem.type', { expected: issue.expected, received });
    }
    case 'invalid_value':
      return wording(
        issue.values.length === 1 ? 'problem.value' : 'problem.option',
        { values: issue.values.map(one => JSON.stringify(one)).join('|') },
      );
    case 'too_small':
      return sizeWords('small', issue.origin, issue.message);
    case 'too_big':
      return sizeWords('big', issue.origin, issue.message);
    case 'unrecognized_keys':
      return wording(issue.keys.length === 1 ? 'problem.key' : 'problem.keys', {
        keys: issue.keys.map(key => JSON.stringify(key)).join(', '),
      });
    case 'invalid_union': {
      const values = /Expected (.+)$/.exec(issue.message)?.[1] ?? '';
      return wording('problem.discriminator', { values });
    }
    default:
      return undefined;
  }
}

/** Zod writes the bound as `>=1`; of texts and lists with what it counts. */
function sizeWords(
  size: 'small' | 'big',
  origin: string,
  message: string,
): Words | undefined {
  const [, bound, unit] = /([<>]=?\S+)(?: (\w+))?$/.exec(message) ?? [];
  if (bound === undefined) {
    return undefined;
  }
  return unit === undefined
    ? wording(`problem.${size}Number`, { origin, bound })
    : wording(`problem.${size}Text`, { origin, bound, unit });
}
