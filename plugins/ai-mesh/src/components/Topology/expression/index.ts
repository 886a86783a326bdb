export type { Expression, Parsed } from './Expression';
export { holdsOfEdge, holdsOfNode } from './holds';
export { mistakeSentence } from './mistakeSentence';
export { parseExpression } from './parseExpression';
export { ExpressionField } from './ExpressionField';
