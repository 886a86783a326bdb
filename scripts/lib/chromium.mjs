import { chromium } from '@playwright/test';
import { which } from './shell.mjs';

/** Starts the Chromium of this machine (`CHROMIUM_BIN`, or the first on PATH) without a window. */
export function launchChromium(args = []) {
  return chromium.launch({
    executablePath:
      process.env.CHROMIUM_BIN ??
      ['chromium', 'chromium-browser', 'google-chrome']
        .map(which)
        .find(Boolean),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', ...args],
  });
}
