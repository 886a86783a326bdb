import { isNode, isScalar, parseDocument, visit, type Document } from 'yaml';

/** Characters: what is larger is data, and takes longer than everybody else should wait. */
const MOST_CHARACTERS = 100_000;
/** Maps and lists within each other, and characters before a line's first word: a manifest has some ten. */
const MOST_NESTING = 100;
const MOST_INDENTATION = 400;

/**
 * Reads one document of a file. Whoever may write to a repository writes it, and it is read on the thread that everybody
 * shares: what would take long is not read.
 *
 * @returns undefined for what is no YAML, repeats a key, holds itself, or is larger or built otherwise than any manifest
 */
export function parseManifest(
  source: string,
): { document: Document; content: unknown } | undefined {
  if (source.length > MOST_CHARACTERS || isNestedDeep(source)) {
    return undefined;
  }
  // Its own check compares each key with every other one.
  const document = parseDocument(source, { uniqueKeys: false });
  if (
    document.errors.length > 0 ||
    repeatsKey(document) ||
    holdsItself(document)
  ) {
    return undefined;
  }
  try {
    return { document, content: document.toJS() };
  } catch {
    // Aliases of aliases, that would come to far more than the file holds.
    return undefined;
  }
}

/** By the text alone, since a parser takes long to find out; brackets in strings count too, and mostly close again. */
function isNestedDeep(source: string): boolean {
  let depth = 0;
  let indentation = 0;
  for (const letter of source) {
    if (letter === '[' || letter === '{') {
      depth += 1;
    } else if (letter === ']' || letter === '}') {
      depth = Math.max(0, depth - 1);
    } else if (letter === '\n') {
      indentation = 0;
    }
    if (indentation >= 0) {
      indentation = /[\s?-]/.test(letter) ? indentation + 1 : -1;
    }
    if (depth > MOST_NESTING || indentation > MOST_INDENTATION) {
      return true;
    }
  }
  return false;
}

function repeatsKey(document: Document): boolean {
  let repeats = false;
  visit(document, {
    Map(_, { items }) {
      const keys = items.map(({ key }) => (isScalar(key) ? key.value : key));
      repeats = new Set(keys).size < keys.length;
      return repeats ? visit.BREAK : undefined;
    },
  });
  return repeats;
}

/** Whether an alias stands within what it stands for. */
function holdsItself(document: Document): boolean {
  let holds = false;
  visit(document, {
    Alias(_, { source }, path) {
      holds = path.some(
        around =>
          isNode(around) && 'anchor' in around && around.anchor === source,
      );
      return holds ? visit.BREAK : undefined;
    },
  });
  return holds;
}
