import { MOMENT, type Language } from './Language';
import { textsEn } from './texts/en';

/** @public */
export const english: Language = {
  key: 'en',
  numbers: new Intl.NumberFormat('en'),
  moments: new Intl.DateTimeFormat('en', MOMENT),
  texts: textsEn,
  between: ' ',
  listed: ', ',
  units: {
    day: 'd',
    hour: 'h',
    minute: 'min',
    second: 's',
    millisecond: 'ms',
    token: 'tokens',
  },
};
