import type { NotEvaluated } from '@ai-mesh/plugin-ai-mesh-common';

/** What would have to be known, and where the policy asks for it. */
export interface Obstacle {
  readonly what: NotEvaluated['what'];
  readonly path: string;
  /** Of a condition that nobody here knows: its key. */
  readonly condition?: string;
}

/** Whether something matches: yes, no, or not known for a reason. */
export type Tri = 'yes' | 'no' | Obstacle;

/** No as soon as one says no; yes when all say yes. */
export function all(parts: Iterable<Tri>): Tri {
  let result: Tri = 'yes';
  for (const part of parts) {
    if (part === 'no') {
      return 'no';
    }
    if (result === 'yes') {
      result = part;
    }
  }
  return result;
}

/** Yes as soon as one says yes; no when all say no, as for none at all. */
export function any(parts: Iterable<Tri>): Tri {
  let result: Tri = 'no';
  for (const part of parts) {
    if (part === 'yes') {
      return 'yes';
    }
    if (result === 'no') {
      result = part;
    }
  }
  return result;
}

export function not(part: Tri): Tri {
  if (part === 'yes') {
    return 'no';
  }
  return part === 'no' ? 'yes' : part;
}

export function tri(condition: boolean): Tri {
  return condition ? 'yes' : 'no';
}
