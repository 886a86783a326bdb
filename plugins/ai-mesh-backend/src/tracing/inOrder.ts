/** What is made of each, in their order; only some at a time. */
export async function inOrder<T, R>(
  all: readonly T[],
  atATime: number,
  make: (one: T) => Promise<R>,
): Promise<R[]> {
  const made: R[] = [];
  let next = 0;
  const work = async () => {
    while (next < all.length) {
      const index = next;
      next += 1;
      made[index] = await make(all[index]);
    }
  };
  await Promise.all(Array.from({ length: atATime }, work));
  return made;
}
