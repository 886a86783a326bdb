/** A word, or words around slashes, that may be names. */
const BETWEEN = /[^\w./-]+/;
const OBJECT_NAME = /^(?=.*[a-z])[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
const LONGEST = 253;

/** What a text may name: by itself, or with a namespace where it says one. */
export interface NameInText {
  namespace?: string;
  name: string;
}

/** Takes dots and dashes off the ends of a word: sentences end with them, and patterns go on behind them. */
function trimmed(word: string): string {
  let from = 0;
  let to = word.length;
  while (from < to && '.-'.includes(word[from])) {
    from += 1;
  }
  while (from < to && '.-'.includes(word[to - 1])) {
    to -= 1;
  }
  return word.slice(from, to);
}

/**
 * Every word of a text that a Service or a workload may be called: `cart`, `shop/cart`, `cart.shop`. Whether one is, a
 * cluster knows. In time that is linear in the text.
 */
export function namesInText(text: string): NameInText[] {
  const found = new Map<string, NameInText>();
  const add = (name: string, namespace?: string) => {
    if (
      name.length <= LONGEST &&
      OBJECT_NAME.test(name) &&
      (namespace === undefined ||
        (namespace.length <= LONGEST && OBJECT_NAME.test(namespace)))
    ) {
      found.set(`${namespace ?? ''}/${name}`, {
        ...(namespace !== undefined && { namespace }),
        name,
      });
    }
  };
  for (const piece of text.split(BETWEEN)) {
    const words = piece.split('/').map(trimmed);
    words.forEach((word, index) => {
      const before = words[index - 1];
      add(word, before === '' ? undefined : before);
      const [name, namespace] = word.split('.', 2);
      if (namespace !== undefined) {
        add(name, namespace);
      }
    });
  }
  return [...found.values()];
}
