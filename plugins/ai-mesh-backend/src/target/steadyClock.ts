/** A clock that nobody sets back, for what is kept by `LRUCache`, which takes 0 for no time. */
export const steadyClock = { now: () => 1 + performance.now() };
