import {
  inEnglish,
  type Health,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';

/** A clause as a sentence of its own. */
export function asSentence({ key, params, terms }: Words): Words {
  return {
    key: 'clause',
    ...(params && { params }),
    terms: { ...terms, clause: key },
  };
}

/** Clauses as one sentence in English, and as one each in other languages. */
export function sayClauses(
  clauses: readonly Words[],
): Pick<Health, 'message'> & { words: Words[] } {
  const text = clauses.map(one => inEnglish([one])).join(', ');
  return {
    message: `${upperFirst(text)}.`,
    words: clauses.map(asSentence),
  };
}

export function upperFirst(text: string): string {
  return text && text[0].toUpperCase() + text.slice(1);
}
