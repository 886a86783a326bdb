import {
  allSaid,
  said,
  wording,
  type Source,
  type Sentences,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';

/** What an answer may weigh, in characters of JSON. */
const MOST_CHARACTERS = 800_000;

/** How much is left of a long list and of a long text: the first that is little enough counts. */
const CUTS = [
  { entries: 500, characters: 20_000 },
  { entries: 200, characters: 5000 },
  { entries: 100, characters: 2000 },
  { entries: 40, characters: 1000 },
  { entries: 15, characters: 300 },
  { entries: 5, characters: 100 },
] as const;

/** What is of use as a whole or not at all: a part of a change, applied, would be another change. */
const WHOLE = new Set(['fix', 'manifest', 'yaml', 'jsonPatch']);
const MOST_NAMED = 5;

type Cut = (typeof CUTS)[number];
interface Shortened {
  /** By the place of the lists: how many entries they had, and how many are left. */
  lists: Map<string, { of: number; shown: number }>;
  texts: number;
  /** Fixes and manifests. */
  wholes: number;
}

/**
 * Keeps an answer small enough for a browser, whatever a cluster or a source holds: long lists keep their first entries,
 * which each view orders by what matters most. The answer's first source says what is missing.
 */
export function boundAnswer(answer: unknown): unknown {
  if (!isObject(answer) || weightOf(answer) <= MOST_CHARACTERS) {
    return answer;
  }
  for (const cut of CUTS) {
    const shortened: Shortened = { lists: new Map(), texts: 0, wholes: 0 };
    const smaller = shorten(answer, cut, '', shortened) as object;
    if (weightOf(smaller) <= MOST_CHARACTERS || cut === CUTS.at(-1)) {
      return {
        ...smaller,
        ...withWord(smaller, said(...explain(shortened))),
      };
    }
  }
  return answer;
}

/** Characters of JSON, nearly: no text is made of it only to be measured. Counts no further than to what is too much. */
function weightOf(answer: unknown): number {
  let weight = 0;
  const open = [answer];
  while (open.length > 0 && weight <= MOST_CHARACTERS) {
    const next = open.pop();
    weight += 3;
    if (typeof next === 'string') {
      weight += next.length;
    } else if (Array.isArray(next)) {
      next.forEach(one => open.push(one));
    } else if (isObject(next)) {
      for (const [key, value] of Object.entries(next)) {
        weight += key.length + 3;
        open.push(value);
      }
    } else {
      weight += 5;
    }
  }
  return weight;
}

function shorten(
  value: unknown,
  cut: Cut,
  place: string,
  told: Shortened,
): unknown {
  if (typeof value === 'string') {
    if (value.length <= cut.characters) {
      return value;
    }
    told.texts += 1;
    return `${value.slice(0, cut.characters)}…`;
  }
  if (Array.isArray(value)) {
    return note(place, value, cut, told).map(one =>
      shorten(one, cut, place, told),
    );
  }
  if (!isObject(value)) {
    return value;
  }
  return Object.fromEntries(
    note(place, Object.entries(value), cut, told).flatMap(([key, one]) => {
      if (!WHOLE.has(key) || weighs(one) <= 10 * cut.characters) {
        const at = place === '' ? key : `${place}.${key}`;
        return [[key, shorten(one, cut, at, told)]];
      }
      told.wholes += 1;
      return key === 'manifest' ? [[key, nameOf(one)]] : [];
    }),
  );
}

/** The entries that are left. */
function note<T>(
  place: string,
  entries: readonly T[],
  cut: Cut,
  { lists }: Shortened,
): readonly T[] {
  if (entries.length <= cut.entries) {
    return entries;
  }
  const { of, shown } = lists.get(place) ?? { of: 0, shown: 0 };
  lists.set(place, {
    of: of + entries.length,
    shown: shown + cut.entries,
  });
  return entries.slice(0, cut.entries);
}

function weighs(value: unknown): number {
  return JSON.stringify(value)?.length ?? 0;
}

/** What an object is called, without what it holds. */
function nameOf(manifest: unknown) {
  const { apiVersion, kind, metadata } = manifest as Record<string, unknown>;
  const { namespace, name } = (metadata ?? {}) as Record<string, unknown>;
  return { apiVersion, kind, metadata: { namespace, name } };
}

function explain({ lists, texts, wholes }: Shortened): Words[] {
  const parts = [
    ...[...lists]
      .slice(0, MOST_NAMED)
      .map(([place, counts]) => wording('cut.list', { ...counts, place })),
    ...(lists.size > MOST_NAMED
      ? [wording('cut.lists', { count: lists.size - MOST_NAMED })]
      : []),
    ...(texts > 0 ? [wording('cut.texts', { count: texts })] : []),
    ...(wholes > 0 ? [wording('cut.wholes', { count: wholes })] : []),
  ];
  return [
    wording('cut.begins'),
    ...parts.map((part, index) => ({
      ...part,
      terms: { end: index + 1 < parts.length ? 'end.more' : 'end.last' },
    })),
  ];
}

function withWord(answer: object, word: Sentences): { sources?: Source[] } {
  const { sources } = answer as { sources?: Source[] };
  if (!Array.isArray(sources) || sources.length === 0) {
    return {};
  }
  const [first, ...others] = sources;
  return {
    sources: [
      {
        ...first,
        status: first.status === 'ok' ? 'partial' : first.status,
        ...allSaid(first, word),
      },
      ...others,
    ],
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
