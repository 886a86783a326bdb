export { WebhookClient } from './WebhookClient';
