import type {
  Finding,
  FindingFix,
  ObjectRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import { editManifest, isTemplated, manifestsIn } from './editManifest';
import { FixRefusal } from './FixRefusal';
import { guardedPatch } from './guardedPatch';

/** Files in one sentence. */
const MOST_NAMED = 5;
/** As Kubernetes allows. */
const NAME = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;

/** Whatever is mended by changing an object. */
export interface Mendable {
  fix?: Pick<FindingFix, 'object' | 'yaml' | 'before' | 'jsonPatch'>;
}

/** What comes of fixes in files: all of them, or the reasons why not. */
export interface FixPlan<T extends Mendable = Finding> {
  /** The files that change, by their paths, with what they will hold. */
  files: Map<string, string>;
  /** Which finding changes which file. */
  done: { finding: T; file: string }[];
  /** Findings whose fixes cannot be written, each with why. */
  refused: { finding: T; why: string }[];
}

/**
 * Edits files so that findings are gone, one after another: of two that change the same line, the second is refused.
 *
 * @param files - manifests by their paths
 * @param tooLarge - paths of files that were not read
 */
export function planFixes<T extends Mendable>(
  findings: readonly T[],
  files: ReadonlyMap<string, string>,
  tooLarge: readonly string[] = [],
): FixPlan<T> {
  const present = new Map(files);
  const plan: FixPlan<T> = { files: new Map(), done: [], refused: [] };
  for (const finding of findings) {
    try {
      const { file, text } = fixIn(present, finding, tooLarge);
      present.set(file, text);
      plan.files.set(file, text);
      plan.done.push({ finding, file });
    } catch (error) {
      if (!(error instanceof FixRefusal)) {
        throw error;
      }
      plan.refused.push({ finding, why: error.message });
    }
  }
  return plan;
}

function fixIn(
  files: ReadonlyMap<string, string>,
  { fix }: Mendable,
  tooLarge: readonly string[],
): { file: string; text: string } {
  if (!fix) {
    throw new FixRefusal('The review has no fix for it: decide by hand.');
  }
  const named = textOf(fix.object);
  const found = [...files].flatMap(([file, text]) =>
    manifestsIn(text, fix.object).map(manifest => ({ file, manifest })),
  );
  if (!fix.jsonPatch) {
    return created(fix, files, found.length > 0);
  }
  const patch = guardedPatch(fix.jsonPatch, fix.before ?? '');
  if (found.length === 0) {
    throw new FixRefusal(
      `${named} is in none of the files. ${hint(files, fix.object, tooLarge)}`,
    );
  }
  const edits: { file: string; text: string }[] = [];
  const whyNot: string[] = [];
  for (const { file, manifest } of found) {
    try {
      edits.push({ file, text: editManifest(manifest, patch) });
    } catch (error) {
      if (!(error instanceof FixRefusal)) {
        throw error;
      }
      whyNot.push(`${file}: ${error.message}`);
    }
  }
  // An overlay holds a part of the object, its base another: the patch fits where the setting is.
  if (edits.length === 1) {
    return edits[0];
  }
  throw new FixRefusal(
    edits.length === 0
      ? `${named} is not written as the cluster has it, so it was changed since, or is made from more than this file. ${whyNot.join('; ')}.`
      : `${named} is in several files that the fix fits, ${edits.map(({ file }) => file).join(', ')}: name the folder of one.`,
  );
}

/** An object that is not there yet gets a file of its own. */
function created(
  { object, yaml, before }: NonNullable<Mendable['fix']>,
  files: ReadonlyMap<string, string>,
  isWritten: boolean,
): { file: string; text: string } {
  if (before !== undefined || isWritten) {
    throw new FixRefusal(
      `${textOf(object)} is there already and would be replaced as a whole: merge it by hand.`,
    );
  }
  if (!/^[a-z]+$/i.test(object.kind) || !NAME.test(object.name)) {
    throw new FixRefusal('A file cannot be called by its name.');
  }
  const file = `${object.kind.toLowerCase()}-${object.name}.yaml`;
  if (files.has(file)) {
    throw new FixRefusal(`There is a file ${file} already.`);
  }
  return { file, text: yaml };
}

function hint(
  files: ReadonlyMap<string, string>,
  { kind, name }: ObjectRef,
  tooLarge: readonly string[],
): string {
  const ofKind = [...files].filter(([, text]) =>
    text.includes(`kind: ${kind}`),
  );
  const templates = ofKind.filter(([, text]) => isTemplated(text));
  const unreadable = ofKind.filter(
    ([, text]) => !isTemplated(text) && text.includes(name),
  );
  if (tooLarge.length > 0) {
    return `Larger than any manifest, and not looked through: ${listed(tooLarge)}.`;
  }
  if (unreadable.length > 0) {
    return `It may be written where it cannot be read, in what is no YAML or larger than any manifest: ${listed(unreadable.map(([file]) => file))}.`;
  }
  return templates.length > 0
    ? `It may be made by a template (${listed(templates.map(([file]) => file))}), which cannot be edited safely: change its values by hand.`
    : 'It may be written elsewhere, or made by a template or by Kustomize under another name.';
}

function listed(files: readonly string[]): string {
  const more = files.length - MOST_NAMED;
  return `${files.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function textOf({ kind, namespace, name }: ObjectRef): string {
  return `${kind} ${namespace ? `${namespace}/` : ''}${name}`;
}
