/** Runs in a page of the portal: goes to a path as the portal's own links do. */
export function goTo(path) {
  history.pushState({}, '', path);
  dispatchEvent(new PopStateEvent('popstate'));
}
