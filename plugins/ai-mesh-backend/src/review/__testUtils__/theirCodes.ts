/** Codes of istioctl's analyzers and Kiali's checks that the review claims to know; a range is written by its ends. */
const CODES = `
IST0102 IST0103 IST0123 KIA1311-KIA1316
IST0116
IST0118 KIA0601 KIA0602
IST0127 KIA0004
IST0132 IST0165 KIA1102 KIA1401
IST0134 IST0177 KIA1004 KIA1211 KIA1212
IST0137 IST0143
IST0140
IST0149
IST0159 IST0160 KIA0002 KIA0003
IST0170 IST0171
KIA0101 KIA0102 KIA0104 KIA0106 KIA0108
KIA0005 KIA1601
KIA0201 KIA0204 KIA0209 KIA1105
KIA1301
KIA1402 KIA0701
KIA0109 KIA0110 KIA0210-KIA0212 KIA1109-KIA1117 KIA1317
IST0128 IST0129 IST0166 IST0167
`;

/** The codes in a text, ranges by each code in them. */
export function codesIn(text: string): string[] {
  return Array.from(
    text.matchAll(/(IST|KIA)(\d{4})(?:`?-`?\1(\d{4}))?/g),
    ([, family, first, last = first]) =>
      Array.from(
        { length: Number(last) - Number(first) + 1 },
        (_, index) =>
          `${family}${String(Number(first) + index).padStart(4, '0')}`,
      ),
  ).flat();
}

export const theirCodes = codesIn(CODES);
