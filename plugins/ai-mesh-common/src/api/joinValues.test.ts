import { joinValues, splitValues } from './joinValues';

it.each([
  [['a']],
  [['a', 'b c']],
  [['team/model, large']],
  [['a,b', ',', ',,', 'c']],
  [['\\', 'a\\', '\\,', 'a\\\\,b\\']],
  [[' a', 'b ', '  ', '\ta\n']],
  [['"quoted"', "it's", '100 %', '%2C', '%', 'a+b&c=d#e?']],
  [['模型，大', 'modèle', '🙂', '\u3000']],
])('%j are the same once they were a text', values => {
  expect(splitValues(joinValues(values))).toEqual(values);
});

it.each([
  ['a, b ,c', ['a', 'b', 'c']],
  ['', []],
  [' , ,', []],
  ['group:default/a,user:default/b', ['group:default/a', 'user:default/b']],
  ['a\\', ['a\\']],
])('%j is read as people write it', (text, values) => {
  expect(splitValues(text)).toEqual(values);
});
