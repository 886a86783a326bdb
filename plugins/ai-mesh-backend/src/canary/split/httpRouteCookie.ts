import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import { isSameCookie } from './affinity';
import { isSetCookie, SET_COOKIE, type AnswerCookie } from './AnswerCookie';
import { asList, asRecord, asText, without, type JsonRecord } from './json';

const TYPE = 'ResponseHeaderModifier';
/** The Gateway API's limit to what one filter adds. */
const MOST_ADDED = 16;

/**
 * The `ResponseHeaderModifier` among the filters of an HTTPRoute's backend, of which there may be one. Filters of
 * backends are up to an implementation; Istio has them.
 */
export const httpRouteCookie: AnswerCookie = {
  listKey: 'backendRefs',
  key: 'filters',

  depth: destination => {
    const { index, modifier } = read(destination);
    return [
      Array.isArray(destination.filters),
      index >= 0,
      Array.isArray(modifier.add),
    ].filter(Boolean).length;
  },

  all: destination => cookiesOf(read(destination).modifier.add),

  with: (destination, setCookie) => {
    const { filters, index, filter, modifier } = read(destination);
    const add = asList(modifier.add);
    const there = add.findIndex(header => isOurs(header, setCookie));
    const changed = {
      type: TYPE,
      ...filter,
      responseHeaderModifier: {
        ...modifier,
        add: replaced(add, there, {
          name: SET_COOKIE,
          ...asRecord(add[there]),
          value: setCookie,
        }),
      },
    };
    return { ...destination, filters: replaced(filters, index, changed) };
  },

  without: (destination, setCookie, depth) => {
    const { filters, index, filter, modifier } = read(destination);
    if (index < 0) {
      return destination;
    }
    const add = asList(modifier.add).filter(
      header => !isOurs(header, setCookie),
    );
    const left =
      add.length === 0 && depth < 3
        ? without(modifier, 'add')
        : { ...modifier, add };
    const rest =
      Object.keys(left).length === 0 && depth < 2
        ? filters.filter((_, i) => i !== index)
        : replaced(filters, index, { ...filter, responseHeaderModifier: left });
    return rest.length === 0 && depth < 1
      ? without(destination, 'filters')
      : { ...destination, filters: rest };
  },

  // What a rule's filter does comes after what a backend's does.
  obstacle: (rule, destination) => {
    const ofRule = read(rule).modifier;
    const { set, add } = read(destination).modifier;
    if (
      cookiesOf(ofRule.set).length > 0 ||
      asList(ofRule.remove).some(isSetCookie)
    ) {
      return wording('affinity.ruleFilter');
    }
    if (cookiesOf(set).length > 0 || cookiesOf(add).length > 0) {
      return wording('affinity.backendCookie');
    }
    return asList(add).length >= MOST_ADDED
      ? wording('affinity.backendHeaders', { most: MOST_ADDED })
      : undefined;
  },
};

function read(part: JsonRecord) {
  const filters = asList(part.filters);
  const index = filters.findIndex(filter => asRecord(filter)?.type === TYPE);
  const filter = asRecord(filters[index]);
  const modifier = asRecord(filter?.responseHeaderModifier) ?? {};
  return { filters, index, filter, modifier };
}

function cookiesOf(headers: unknown): string[] {
  return asList(headers).flatMap(header => {
    const { name, value } = asRecord(header) ?? {};
    return isSetCookie(name) ? [asText(value) ?? ''] : [];
  });
}

function isOurs(header: unknown, setCookie: string): boolean {
  const [text] = cookiesOf([header]);
  return text !== undefined && isSameCookie(text, setCookie);
}

/** The list with the item in that place, or at its end where there is no such place. */
function replaced(
  list: readonly unknown[],
  index: number,
  item: unknown,
): unknown[] {
  return index < 0
    ? [...list, item]
    : list.map((one, i) => (i === index ? item : one));
}
