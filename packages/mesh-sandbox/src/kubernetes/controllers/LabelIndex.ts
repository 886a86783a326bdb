import { Labels } from '../read/labelSelector';

/** Finds names by their labels without walking them all. Names are of one namespace each. */
export class LabelIndex {
  private readonly byPair = new Map<string, Set<string>>();
  private readonly known = new Map<string, { pairs: string[] }>();

  set(namespace: string, name: string, labels: Labels | undefined): void {
    this.delete(namespace, name);
    const pairs = pairsOf(namespace, labels);
    for (const pair of pairs) {
      this.byPair.set(pair, (this.byPair.get(pair) ?? new Set()).add(name));
    }
    this.known.set(`${namespace}/${name}`, { pairs });
  }

  delete(namespace: string, name: string): void {
    const key = `${namespace}/${name}`;
    for (const pair of this.known.get(key)?.pairs ?? []) {
      const names = this.byPair.get(pair);
      names?.delete(name);
      if (names?.size === 0) {
        this.byPair.delete(pair);
      }
    }
    this.known.delete(key);
  }

  /** The names that carry all of a selector's labels. */
  selectedBy(namespace: string, selector: Labels): string[] {
    const sets = pairsOf(namespace, selector).map(
      pair => this.byPair.get(pair) ?? new Set<string>(),
    );
    const [smallest, ...others] = sets.sort((a, b) => a.size - b.size);
    return [...(smallest ?? [])].filter(name =>
      others.every(set => set.has(name)),
    );
  }

  /** The names that carry at least one of the labels: the selectors that may select something so labelled. */
  sharing(namespace: string, labels: Labels | undefined): Set<string> {
    return new Set(
      pairsOf(namespace, labels).flatMap(pair => [
        ...(this.byPair.get(pair) ?? []),
      ]),
    );
  }
}

function pairsOf(namespace: string, labels: Labels | undefined): string[] {
  return Object.entries(labels ?? {}).map(
    ([key, value]) => `${namespace}\n${key}\n${value}`,
  );
}
