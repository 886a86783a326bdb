import type {
  JsonPatchOperation,
  ObjectRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import { diffArrays } from 'diff';
import { isDeepStrictEqual } from 'util';
import { parseDocument, type Document } from 'yaml';
import { FixRefusal } from './FixRefusal';
import { parseManifest } from './parseManifest';
import { patchDocument } from './patchDocument';

/** A document of a file: its text lies between `---` lines, which are no part of it. */
interface Part {
  from: number;
  to: number;
}

/** What a file holds of an object. */
export interface Manifest {
  text: string;
  part: Part;
}

/**
 * The documents of a file that are about an object; none where it is no YAML or made by a template.
 *
 * A manifest without a namespace is meant for whichever one it is applied to.
 */
export function manifestsIn(text: string, object: ObjectRef): Manifest[] {
  // Most files of a repository are not about it, and need not be parsed.
  if (!text.includes(object.name) || !text.includes(object.kind)) {
    return [];
  }
  return partsOf(text).flatMap(part => {
    const source = text.slice(part.from, part.to);
    const parsed =
      source.includes(object.name) && !isTemplated(source)
        ? parseManifest(source)
        : undefined;
    if (!parsed) {
      return [];
    }
    const { kind, apiVersion, metadata } = (parsed.content ?? {}) as Record<
      string,
      any
    >;
    return kind === object.kind &&
      typeof apiVersion === 'string' &&
      groupOf(apiVersion) === groupOf(object.apiVersion) &&
      metadata?.name === object.name &&
      (metadata.namespace === undefined ||
        metadata.namespace === object.namespace)
      ? [{ text, part }]
      : [];
  });
}

/** Whether a text is made by a template (Helm, Jinja and the like): what it comes to is decided elsewhere. */
export function isTemplated(text: string): boolean {
  return text.split('\n').some(line =>
    [
      ['{{', '}}'],
      ['{%', '%}'],
    ].some(([open, close]) => {
      const at = line.indexOf(open);
      return at >= 0 && line.includes(close, at + open.length);
    }),
  );
}

/**
 * The file with a patch applied to one of its documents. Lines that the patch does not touch stay as they are, to the
 * character.
 *
 * @throws FixRefusal where the document is not as the patch takes it to be, or cannot be edited so that all else stays
 */
export function editManifest(
  { text, part: { from, to } }: Manifest,
  patch: readonly JsonPatchOperation[],
): string {
  const original = text.slice(from, to);
  const plain = original.replaceAll('\r\n', '\n');
  const document = parseDocument(plain, { uniqueKeys: false });
  const before = printed(document, plain);
  patchDocument(document, patch);
  const wanted = document.toJS();
  const edited = mergeLines(original, before, printed(document, plain));
  const reread =
    edited === undefined
      ? undefined
      : parseManifest(edited.replaceAll('\r\n', '\n'));
  if (
    edited === undefined ||
    !reread ||
    !isDeepStrictEqual(reread.content, wanted)
  ) {
    throw new FixRefusal(
      'it is laid out in a way that an edit would not keep: change it by hand',
    );
  }
  return `${text.slice(0, from)}${edited}${text.slice(to)}`;
}

function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  const add = (to: number) => {
    if (text.slice(from, to).trim() !== '') {
      parts.push({ from, to });
    }
  };
  for (const separator of text.matchAll(/^---(?:[ \t].*)?\r?\n/gm)) {
    add(separator.index);
    from = separator.index + separator[0].length;
  }
  add(text.length);
  return parts;
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}

/** Printed in the file's own indentation, as far as there is one. */
function printed(document: Document, original: string): string {
  const sequenceUnderKey = /^( *)[^\s#-][^\n]*:[ \t]*\n\1- /m.test(original);
  const indent = /^[^\s#][^\n]*:[ \t]*\n( +)[^\s-]/m.exec(original)?.[1].length;
  return document.toString({
    lineWidth: 0,
    indentSeq: !sequenceUnderKey,
    ...(indent !== undefined && { indent }),
  });
}

/**
 * What changed between two printings of a document, done to the text that it was read from: its lines may be spaced
 * otherwise, as long as they are the same lines.
 */
function mergeLines(
  original: string,
  before: string,
  after: string,
): string | undefined {
  const own = linesOf(original);
  const old = linesOf(before);
  const lineEnd = own.some(line => line.endsWith('\r\n')) ? '\r\n' : '\n';
  if (
    own.length !== old.length ||
    own.some((line, index) => squeezed(line) !== squeezed(old[index]))
  ) {
    return undefined;
  }
  let at = 0;
  const merged: string[] = [];
  for (const { added, removed, value } of diffArrays(old, linesOf(after))) {
    if (added) {
      const last = merged.at(-1);
      if (last && !last.endsWith('\n')) {
        merged[merged.length - 1] = `${last}${lineEnd}`;
      }
      merged.push(...value.map(line => line.replace(/\r?\n$/, lineEnd)));
    } else {
      if (!removed) {
        merged.push(...own.slice(at, at + value.length));
      }
      at += value.length;
    }
  }
  return merged.join('');
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** A line without the spaces that a printing may set otherwise. */
function squeezed(line: string): string {
  return line.replace(/\s+/g, '');
}
