import {
  findingCodeSchema,
  findingSeveritySchema,
  type Finding,
} from '@ai-mesh/plugin-ai-mesh-common';

/** What the reader chose; `all` filters nothing. */
export interface FindingChoices {
  severity: string;
  code: string;
}

export const ALL = 'all';

/** A severity as it is written in an address. */
export function parseSeverity(written: string | null): string {
  return findingSeveritySchema.safeParse(written).data ?? ALL;
}

/** A code as it is written in an address. */
export function parseCode(written: string | null): string {
  return findingCodeSchema.safeParse(written).data ?? ALL;
}

/** The findings of a severity and a code, in the order in which they came. */
export function filterFindings(
  findings: readonly Finding[],
  { severity, code }: FindingChoices,
): Finding[] {
  return findings.filter(
    finding =>
      (severity === ALL || finding.severity === severity) &&
      (code === ALL || finding.code === code),
  );
}

/** The codes that there are, each once, in their order. */
export function codesOf(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map(({ code }) => code))].sort();
}
