import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import type { SourceError } from './SourceError';

/** Why an answer of a source is of no use, and what to do: what follows its name. */
export interface Refusal {
  reason: SourceError['reason'];
  words: Words[];
}

/** That it failed with a status, and what it said itself, if anything. */
export function failedWith(
  what:
    | 'source.query'
    | 'source.search'
    | 'source.unavailable'
    | 'source.failed'
    | 'source.refused'
    | 'source.noSuchPart'
    | 'source.notUnderstood',
  status: number,
  text: string | undefined,
): Words {
  return text === undefined
    ? wording(`${what}.unsaid`, { status })
    : wording(`${what}.said`, { status, text });
}
