import type { LinkOut } from '@ai-mesh/plugin-ai-mesh-common';

/** Fills in configured links; one that leads nowhere without a value that is missing is left out. */
export function fillLinks(
  templates: readonly LinkOut[],
  values: Readonly<Record<string, string | undefined>>,
): LinkOut[] {
  return templates.flatMap(({ title, url }) => {
    let complete = true;
    const filled = url.replace(/\{(\w+)\}/g, (_, key: string) => {
      const value = values[key];
      complete &&= value !== undefined;
      return encodeURIComponent(value ?? '');
    });
    return complete ? [{ title, url: filled }] : [];
  });
}
