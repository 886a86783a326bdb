import { CustomErrorBase } from '@backstage/errors';

/** Why a fix cannot be written into a file, and what to do: for a person. */
export class FixRefusal extends CustomErrorBase {
  override name = 'FixRefusal' as const;
}
