/** A pull request of GitHub's, as its page's address names it. */
export interface RequestPage {
  owner: string;
  name: string;
  number: string;
}

const STEP = '[\\w.-]{1,100}';
const PAGE = new RegExp(`^/(${STEP})/(${STEP})/pull/(\\d{1,10})/?$`);

/** @returns undefined for what is no such page */
export function requestPage(url: string): RequestPage | undefined {
  const [, owner, name, number] = PAGE.exec(new URL(url).pathname) ?? [];
  return owner === undefined || /^\.+$/.test(owner) || /^\.+$/.test(name)
    ? undefined
    : { owner, name, number };
}
