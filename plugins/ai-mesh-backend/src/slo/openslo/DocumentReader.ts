import {
  inEnglish,
  said,
  wording,
  type ObjectiveProblem,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { isMap, isScalar, isSeq, type Document, type LineCounter } from 'yaml';

type Path = (string | number)[];

/** A name or a sentence; a query has a limit of its own. */
const LONGEST_TEXT = 500;

/** A place in a document cannot be used. Caught where the document is read, and turned into a problem with its place. */
export class UnusableField extends Error {
  constructor(
    readonly path: Path,
    readonly words: Words,
  ) {
    super(inEnglish([words]));
  }
}

/**
 * Reads fields of one YAML document; a field that is missing or of another type is an {@link UnusableField}, whose
 * place {@link DocumentReader.problem} can name by line and column.
 */
export class DocumentReader {
  constructor(
    private readonly document: Document,
    private readonly lines: LineCounter,
    private readonly source: string,
  ) {}

  value(path: Path): unknown {
    const node = this.document.getIn(path, true);
    return isScalar(node) ? node.value : undefined;
  }

  has(path: Path): boolean {
    return this.document.hasIn(path);
  }

  /** The number of items of a list; 0 where it is absent. */
  length(path: Path): number {
    const node = this.document.getIn(path, true);
    if (node === undefined || node === null) {
      return 0;
    }
    if (!isSeq(node)) {
      throw new UnusableField(path, fieldWords('list', path));
    }
    return node.items.length;
  }

  text(path: Path, example: string): string {
    const value = this.value(path);
    if (typeof value !== 'string' || value.trim() === '') {
      throw new UnusableField(path, fieldWords('text', path, { example }));
    }
    return limited(path, value);
  }

  optionalText(path: Path): string | undefined {
    const value = this.value(path);
    return typeof value === 'string' ? limited(path, value) : undefined;
  }

  number(path: Path, example: string): number {
    const value = this.value(path);
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw new UnusableField(path, fieldWords('number', path, { example }));
    }
    return value;
  }

  /** A map as plain JSON. */
  map(path: Path): Record<string, unknown> {
    const node = this.document.getIn(path, true);
    if (!isMap(node)) {
      throw new UnusableField(path, fieldWords('map', path));
    }
    return node.toJSON() as Record<string, unknown>;
  }

  /** The line and column of a field; of a missing one, those of the nearest thing around it. */
  place(path: Path): { line?: number; column?: number } {
    for (let depth = path.length; depth >= 0; depth--) {
      const node = depth
        ? this.document.getIn(path.slice(0, depth), true)
        : this.document.contents;
      const offset = rangeStart(node);
      if (offset !== undefined) {
        const { line, col } = this.lines.linePos(offset);
        return { line, column: col };
      }
    }
    return {};
  }

  /** Where and what, for a person. */
  problem({ path, words }: UnusableField): ObjectiveProblem {
    return { source: this.source, ...this.place(path), ...said(words) };
  }
}

function limited(path: Path, text: string): string {
  if (text.length > LONGEST_TEXT) {
    throw new UnusableField(
      path,
      fieldWords('long', path, { count: text.length, most: LONGEST_TEXT }),
    );
  }
  return text;
}

function fieldWords(
  what: 'list' | 'text' | 'number' | 'map' | 'long',
  path: Path,
  params: Words['params'] = {},
): Words {
  return wording(`openslo.field.${what}`, { field: label(path), ...params });
}

function label(path: Path): string {
  return path
    .map(part => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');
}

function rangeStart(node: unknown): number | undefined {
  return typeof node === 'object' && node !== null && 'range' in node
    ? (node.range as [number, number, number] | null | undefined)?.[0]
    : undefined;
}
