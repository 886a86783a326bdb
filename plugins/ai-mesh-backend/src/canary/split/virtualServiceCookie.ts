import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import { isSameCookie } from './affinity';
import { isSetCookie, SET_COOKIE, type AnswerCookie } from './AnswerCookie';
import { asList, asRecord, asText, without, type JsonRecord } from './json';

const PATH = ['headers', 'response', 'add'];

/** `headers.response.add` of a VirtualService's destination. */
export const virtualServiceCookie: AnswerCookie = {
  listKey: 'route',
  key: PATH[0],

  depth: destination =>
    PATH.filter((_, i) => at(destination, PATH.slice(0, i + 1))).length,

  all: destination => cookiesOf(at(destination, PATH)).map(([, text]) => text),

  with: (destination, setCookie) => {
    const headers = asRecord(destination.headers);
    const response = asRecord(headers?.response);
    const add = asRecord(response?.add);
    const [name = SET_COOKIE] =
      cookiesOf(add).find(([, text]) => isSameCookie(text, setCookie)) ?? [];
    return {
      ...destination,
      headers: {
        ...headers,
        response: { ...response, add: { ...add, [name]: setCookie } },
      },
    };
  },

  without: (destination, setCookie, depth) =>
    pruned(destination, PATH, depth, add =>
      without(
        add,
        ...cookiesOf(add)
          .filter(([, text]) => isSameCookie(text, setCookie))
          .map(([name]) => name),
      ),
    ),

  // Envoy changes answers by the destination first and by the rule after it, and removes before it adds.
  obstacle: (rule, destination) => {
    const [ofRule, ofDestination] = [rule, destination].map(
      part => at(part, ['headers', 'response']) ?? {},
    );
    if (setsCookie(ofRule.set) || asList(ofRule.remove).some(isSetCookie)) {
      return wording('affinity.ruleHeaders');
    }
    return setsCookie(ofDestination.set) || setsCookie(ofDestination.add)
      ? wording('affinity.destinationCookie')
      : undefined;
  },
};

function at(
  record: JsonRecord,
  path: readonly string[],
): JsonRecord | undefined {
  return path.reduce<JsonRecord | undefined>(
    (part, key) => asRecord(part?.[key]),
    record,
  );
}

function cookiesOf(add: JsonRecord | undefined): [string, string][] {
  return Object.entries(add ?? {}).flatMap(([name, value]) => {
    const text = asText(value);
    return isSetCookie(name) && text !== undefined ? [[name, text]] : [];
  });
}

function setsCookie(headers: unknown): boolean {
  return Object.keys(asRecord(headers) ?? {}).some(isSetCookie);
}

/** The record with its innermost part changed, and without those around it that are empty then, but for the first `keep`. */
function pruned(
  record: JsonRecord,
  [key, ...rest]: readonly string[],
  keep: number,
  change: (part: JsonRecord) => JsonRecord,
): JsonRecord {
  const part = asRecord(record[key]);
  if (!part) {
    return record;
  }
  const left =
    rest.length > 0 ? pruned(part, rest, keep - 1, change) : change(part);
  return Object.keys(left).length === 0 && keep <= 0
    ? without(record, key)
    : { ...record, [key]: left };
}
