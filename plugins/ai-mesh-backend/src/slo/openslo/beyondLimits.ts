import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import { CST, isScalar, visit, type Document } from 'yaml';
import type { DocumentLimits } from './DocumentLimits';

interface Trouble {
  /** Where in the text it begins. */
  offset: number;
  words: Words;
}

/** Why a text is too large to be parsed at all; undefined where it is not. */
export function beyondSize(
  text: string,
  limits: DocumentLimits,
): Words | undefined {
  const bytes = Buffer.byteLength(text);
  if (bytes > limits.bytes) {
    return wording('openslo.bytes', { most: limits.bytes });
  }
  const lines = countLines(text);
  return lines > limits.lines
    ? wording('openslo.lines', { count: lines, most: limits.lines })
    : undefined;
}

/** Why a file holds too much to be an ordinary list of objectives; undefined where it does not. */
export function beyondLimits(
  tokens: readonly CST.Token[],
  limits: DocumentLimits,
): (Partial<Trouble> & Pick<Trouble, 'words'>) | undefined {
  let keys = 0;
  // Not by recursion: what is to be found out is whether it is too deep for that.
  const open = tokens.map(token => ({ token, depth: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { token, depth } = next;
    if (depth > limits.nesting) {
      return {
        offset: token.offset,
        words: wording('openslo.nesting', { most: limits.nesting }),
      };
    }
    if (token.type === 'document' && token.value) {
      open.push({ token: token.value, depth });
    } else if ('items' in token) {
      keys += token.items.length;
      for (const item of token.items) {
        for (const inner of [item.key, item.value]) {
          if (inner) {
            open.push({ token: inner, depth: depth + 1 });
          }
        }
      }
    }
  }
  return keys > limits.keys
    ? {
        words: wording('openslo.keys', { count: keys, most: limits.keys }),
      }
    : undefined;
}

/** The first key that a map has twice. */
export function repeatedKey(document: Document): Trouble | undefined {
  let found: Trouble | undefined;
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (isScalar(key)) {
          if (seen.has(key.value)) {
            found = {
              offset: key.range?.[0] ?? 0,
              words: wording('openslo.repeatedKey'),
            };
            return visit.BREAK;
          }
          seen.add(key.value);
        }
      }
      return undefined;
    },
  });
  return found;
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    lines += 1;
  }
  return lines;
}
