import { Window, windowSchema } from '@ai-mesh/plugin-ai-mesh-common';
import { useSearchParam } from './useSearchParam';

const parse = (written: string | null): Window =>
  windowSchema.catch('5m').parse(written);

/** The time window that the reader chose, from the address. */
export function useWindow() {
  return useSearchParam<Window>('window', parse, '5m');
}
