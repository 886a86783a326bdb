/** What can be called only, and answers later. */
type Callable<T> = {
  [Name in keyof T]: (...of: never[]) => Promise<unknown>;
};

/**
 * An API whose code is loaded when it is first called. Where that fails, the next call tries it again.
 *
 * @param load - gives the API itself
 */
export function loadedOnCall<T extends Callable<T>>(load: () => Promise<T>): T {
  let loading: Promise<T> | undefined;
  const loaded = () => {
    loading ??= load().catch(error => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  const methods = new Map<keyof T, unknown>();
  return new Proxy({} as T, {
    get(_, name) {
      // Whoever awaits it, or prints it, asks for more than an API has.
      if (typeof name === 'symbol' || name === 'then') {
        return undefined;
      }
      const key = name as keyof T;
      if (!methods.has(key)) {
        methods.set(key, async (...of: never[]) =>
          (await loaded())[key](...of),
        );
      }
      return methods.get(key);
    },
  });
}
