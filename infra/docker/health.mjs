// The health check of a service's container: healthy when the service is ready. Docker restarts what ends, not what is
// unhealthy; so a service that had come to life and is no longer alive (a consumer stopped) is ended here after three
// checks, and the container's restart policy starts it anew.
import { readFileSync, writeFileSync } from 'node:fs';

const stateFile = '/tmp/health.json';
const strikesToEnd = 3;
const strikesToKill = 6;

const answers = async (path) => {
  const { ok } = await fetch(`http://127.0.0.1:${process.env.TRADEWATCH_PORT ?? 3000}/health/${path}`, { signal: AbortSignal.timeout(4_000) }).catch(() => ({ ok: false }));
  return ok;
};

function earlier() {
  try {
    return JSON.parse(readFileSync(stateFile, 'utf8'));
  } catch {
    return { lived: false, strikes: 0 };
  }
}

/** The service: the child of the container's init, or the first process itself where there is no init. */
function service() {
  try {
    const child = Number(readFileSync('/proc/1/task/1/children', 'utf8').split(' ')[0]);
    return child > 0 ? child : 1;
  } catch {
    return 1;
  }
}

const [ready, alive] = await Promise.all([answers('ready'), answers('live')]);
const before = earlier();
const state = { lived: before.lived || alive, strikes: alive || !before.lived ? 0 : before.strikes + 1 };
writeFileSync(stateFile, JSON.stringify(state));
if (state.strikes >= strikesToEnd) process.kill(service(), state.strikes >= strikesToKill ? 'SIGKILL' : 'SIGTERM');
process.exit(ready && alive ? 0 : 1);
