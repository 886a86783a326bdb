import fc from 'fast-check';
import type { HostileRequest } from './HostileRequest';

const oddText = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      ' ',
      '..',
      '%2e%2e',
      '%00',
      '%ff',
      'a'.repeat(3000),
      '💥',
      '\u2028',
    ],
    ...['component', 'default', 'chat', 'Chat', '__proto__', 'constructor'],
    ...["'; drop table canaries; --", '${jndi:ldap://x}', '{{7*7}}', '*', '-1'],
    ...['1e999', 'NaN', '2147483648', '9223372036854775808', 'null', 'true'],
    ...[',,,,', 'a,b,c', 'group:default/ai-team', '1970-01-01T00:00:00Z'],
    ...['0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999999999+14:00'],
    ...['2026-02-30T00:00:00Z', '2026-11-27T25:00:00Z', '-000001-01-01'],
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

/** A part of an address. */
export const encoded = oddText.map(text => {
  try {
    return encodeURIComponent(text);
  } catch {
    // Half a surrogate pair has no encoding.
    return '%ED%A0%80';
  }
});

/** Mostly what is right, so that more than the first check is reached. */
export const usual = <T>(value: fc.Arbitrary<T> | T, odd: fc.Arbitrary<T>) =>
  fc.oneof(
    {
      weight: 5,
      arbitrary:
        value instanceof fc.Arbitrary
          ? (value as fc.Arbitrary<T>)
          : fc.constant(value),
    },
    { weight: 1, arbitrary: odd },
  );

/** Whoever asks. */
export const anybody: fc.Arbitrary<HostileRequest['as']> = usual<
  HostileRequest['as']
>(
  'olivia',
  fc.constantFrom<HostileRequest['as']>(
    ...(['adam', 'carla', 'rita', 'stranger', 'mallory'] as const),
    ...(['nobody', 'plugin'] as const),
  ),
);
