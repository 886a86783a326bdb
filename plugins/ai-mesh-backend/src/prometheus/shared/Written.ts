import { joinGroups, type Expr } from '../promql';
import { SEPARATOR, type Whose } from './Whose';

/** A part of a shared question. */
export interface Written {
  text: string;
  /** Whose its rows are said to be; none of a number. */
  whose: ReadonlySet<Whose>;
  /** Its rows have no label for whose they are yet, but all labels that it is made of. */
  untold?: boolean;
}

/** With a label for whose each row is. The later it is set, the fewer rows there are, and of a range each step has some. */
export function told({ text, whose, untold }: Written): Written {
  return {
    text: untold ? Array.from(whose).reduce(tellWhose, text) : text,
    whose,
  };
}

function tellWhose(text: string, { label, conditions }: Whose): string {
  return joinGroups(
    text as Expr,
    label,
    SEPARATOR,
    conditions.map(one => ({ label: one.label, regex: one.within?.named })),
  );
}

/** Of which it is made whose a row is. */
export function labelsOf(whose: ReadonlySet<Whose>): string[] {
  return Array.from(whose).flatMap(({ conditions }) =>
    conditions.map(({ label }) => label),
  );
}
