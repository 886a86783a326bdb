import {
  findingMessages,
  findingSeveritySchema,
  findingText,
  type FindingCode,
  type FindingSeverity,
  type FleetRow,
} from '@ai-mesh/plugin-ai-mesh-common';
import { catalogueOf } from '../../../translation';

type MessageKey = keyof typeof findingMessages;

/** A code, and where it is found. */
export interface FoundCode {
  code: FindingCode;
  /** The worst of its messages'. */
  severity: FindingSeverity;
  rows: FleetRow[];
}

const severities = findingSeveritySchema.options;

/** The codes that there are in a fleet, worst and most frequent first. */
export function codesIn(rows: readonly FleetRow[]): FoundCode[] {
  const found = new Map<FindingCode, FleetRow[]>();
  for (const row of rows) {
    for (const code of row.findingCodes ?? []) {
      found.set(code, [...(found.get(code) ?? []), row]);
    }
  }
  return [...found]
    .map(([code, of]) => ({ code, severity: severityOf(code), rows: of }))
    .sort(
      (a, b) =>
        severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
        b.rows.length - a.rows.length ||
        a.code.localeCompare(b.code),
    );
}

/** What a code is called in the reader's language. */
export function titleOf(code: FindingCode, language: string): string {
  const [key] = keysOf(code);
  return (
    (catalogueOf(language)?.findings[key] ?? findingText(key))?.title ?? code
  );
}

function severityOf(code: FindingCode): FindingSeverity {
  const all = keysOf(code).map(key => findingMessages[key].severity);
  return severities.find(severity => all.includes(severity))!;
}

/** A code has one message, or several that say more. */
function keysOf(code: FindingCode): MessageKey[] {
  return (Object.keys(findingMessages) as MessageKey[]).filter(
    key => findingMessages[key].code === code,
  );
}
