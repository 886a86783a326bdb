import { ruleFile } from './ruleFile';

const entityRef = 'component:default/chat';
const generated = (expr: string) => `groups:
  - name: ai-mesh ${entityRef} answers every 30s
    rules:
      - record: ai_mesh:errors
        expr: ${expr}
`;
const download = {
  fileName: 'ai-mesh-default-chat-rules.yaml',
  mediaType: 'application/yaml',
  content: generated('1'),
};
const write = (text?: string) =>
  ruleFile(
    new Map(text === undefined ? [] : [[download.fileName, text]]),
    entityRef,
    download,
  );

it.each([
  ['is not there yet', undefined],
  ['was generated before', generated('0')],
])('writes the rules where the file %s', (_, text) => {
  expect([...write(text)]).toEqual([[download.fileName, download.content]]);
});

it.each([
  ['has them already', generated('1'), /has these rules already/],
  [
    'has a group of somebody else',
    `${generated('0')}  - name: mine\n    rules: []\n`,
    /not overwritten/,
  ],
  [
    'has those of another entity',
    generated('0').replace('default/chat', 'default/other'),
    /not overwritten/,
  ],
  ['holds something else', 'kind: Service\n', /not overwritten/],
])('writes nothing where the file %s', (_, text, words) => {
  expect(() => write(text)).toThrow(words);
});
