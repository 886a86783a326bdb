import type { ConfigObject } from '../kubernetes/kinds';
import type { Field } from '../routes/Field';

/** One level's Telemetry. */
export interface TelemetryLevel {
  readonly object: ConfigObject;
  readonly spec: Field;
}

/** Whether an entry is for the called side. */
export function isForServer(entry: Field): boolean {
  return entry.at('match').at('mode').text() !== 'CLIENT';
}

/** The providers that an entry names. */
export function providerNames(entry: Field): string[] {
  return entry
    .at('providers')
    .list()
    .flatMap(provider => provider.at('name').text() ?? []);
}
