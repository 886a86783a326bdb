import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * A choice that lives in the address, so that what one person sees can be linked to another.
 *
 * @param parse - gives the fallback for what is absent or not understood
 * @param fallback - the value that is not written into the address
 */
export function useSearchParam<T extends string>(
  name: string,
  parse: (written: string | null) => T,
  fallback: T,
): [T, (value: T) => void] {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (value: T) =>
      setParams(
        before => {
          const after = new URLSearchParams(before);
          if (value === fallback) {
            after.delete(name);
          } else {
            after.set(name, value);
          }
          return after;
        },
        { replace: true },
      ),
    [setParams, name, fallback],
  );
  return [parse(params.get(name)), set];
}
