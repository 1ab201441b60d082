// Finds the Chromium that browser tests drive; on Debian as root it is installed. Tests never skip: what is missing is an error with instructions.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const places = [
  process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable',
  '/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** @returns {string | null} the browser's path, null when there is none and none can be installed. */
export function browser() {
  const found = () => places.find((path) => path && existsSync(path)) ?? null;
  if (!found() && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) install('chromium');
  return found();
}

/** Installs Debian packages, quietly; needs root. */
export function install(...packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  process.stderr.write(`  installing ${packages.join(' ')} (apt-get)\n`);
  spawnSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 2], env });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { stdio: ['ignore', 'ignore', 2], env });
}

export const browserInstructions = 'No Chromium or Chrome was found: install one (Debian: apt-get install chromium) or name it in CHROMIUM_PATH.';
