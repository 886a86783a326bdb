import type { LinkOut } from '@ai-mesh/plugin-ai-mesh-common';
import { inUrl } from '../inUrl';

/**
 * Fills in configured links; one that leads nowhere without a value that is missing is left out, and so is one whose value
 * would lead elsewhere than it reads.
 */
export function fillLinks(
  templates: readonly LinkOut[],
  values: Readonly<Record<string, string | undefined>>,
): LinkOut[] {
  return templates.flatMap(({ title, url }) => {
    let complete = true;
    const filled = url.replace(/\{(\w+)\}/g, (_, key: string) => {
      const value = Object.hasOwn(values, key) ? inUrl(values[key]) : undefined;
      complete &&= value !== undefined;
      return value ?? '';
    });
    return complete ? [{ title, url: filled }] : [];
  });
}
