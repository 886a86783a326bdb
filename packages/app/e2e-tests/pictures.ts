import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';

const folder = resolve(__dirname, '../../../test-results/pictures');

/**
 * Keeps a screen as it looks for people to see, where CI runs or `AI_MESH_PICTURES` asks for it. The same screen of another
 * suite's mesh has a picture of its own.
 */
export async function keepPicture(
  page: Page,
  language: 'en' | 'zh',
  where: string,
) {
  if (!process.env.CI && !process.env.AI_MESH_PICTURES) {
    return;
  }
  const suite = process.env.AI_MESH_E2E_SUITE ?? 'shop';
  const name = `${suite} ${where}`.replace(/[^\p{L}\p{N}]+/gu, '-');
  await page.screenshot({
    path: join(folder, language, `${name}.png`),
    fullPage: true,
  });
}
