// Moments at which the fault suite (test/faults) kills a process: between an effect and the record of it. Nothing happens
// there unless the process was started with TRADEWATCH_FAULT_POINTS, which only tests set.
import { readFileSync, writeSync } from 'node:fs';

/** Passings left until the end, by fault point; null in every process that is not under test. */
let armed: Map<string, number> | null = null;

/**
 * @param file its lines are `name count`: the process kills itself as it passes `name` for the count-th time. Read now and
 * again at each SIGUSR2.
 */
export function armFaultPoints(file: string): void {
  const read = (): void => {
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
    armed = new Map(lines.map((line) => {
      const [name = '', count = '1'] = line.split(' ');
      return [name, Number(count)];
    }));
  };
  read();
  process.on('SIGUSR2', read);
}

/** Marks a moment. As in a power cut, nothing of the process runs after a fault here, not even what closes its connections. */
export function faultPoint(name: string): void {
  if (armed !== null) pass(armed, name);
}

function pass(points: Map<string, number>, name: string): void {
  const left = (points.get(name) ?? Infinity) - 1;
  points.set(name, left);
  if (left !== 0) return;
  writeSync(2, `\nfault point ${name}\n`);
  process.kill(process.pid, 'SIGKILL');
}
