/** Where the demo has the documentation: what `aiMesh.documentation` names. */
export const ROOT = '/docs/ai-mesh';

const IMAGE = /\]\(images\/([\w-]+\.(?:png|svg))\)/g;

/**
 * One page of the repository's `docs`, as Markdown, with pictures that a browser finds.
 *
 * @param name - its path without `.md`; rejects where there is none
 */
export async function readDocument(name: string): Promise<string> {
  const { default: url } = await import(`../../../../../docs/${name}.md`);
  const answer = await fetch(url);
  if (!answer.ok) {
    throw new Error(`${name}: ${answer.status}`);
  }
  const text = await answer.text();
  const pictures = new Map(
    await Promise.all(
      picturesIn(text).map(async (image): Promise<[string, string]> => {
        const picture = await import(`../../../../../docs/images/${image}`);
        return [image, picture.default];
      }),
    ),
  );
  return text.replace(IMAGE, (_, image) => `](${pictures.get(image)})`);
}

/** The names of a page's own pictures. */
export function picturesIn(text: string): string[] {
  return [...text.matchAll(IMAGE)].map(([, image]) => image);
}

/** The page of an address below the root: `topology/` is `topology`, and nothing is the first page. */
export function nameOf(path: string): string {
  return path.replace(/\/+$/, '') || 'index';
}

/** A link of one page to another, as an address of the portal; others lead where they did. */
export function addressOf(link: string, from: string): string {
  const [, path, hash = ''] = /^([\w./-]+)\.md(#.*)?$/.exec(link) ?? [];
  if (path === undefined) {
    return link;
  }
  const { pathname } = new URL(path, `http://docs/${from}`);
  return `${ROOT}${pathname === '/index' ? '' : pathname}/${hash}`;
}
