export { simplifiedChinese as catalogue } from '@ai-mesh/plugin-ai-mesh-common';
