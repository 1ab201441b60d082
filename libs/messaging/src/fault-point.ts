// Moments at which the fault suite (test/faults) kills a process: between an effect and the record of it. Nothing happens
// there unless the process was started with TRADEWATCH_FAULT_POINT, which only tests set.
import { writeSync } from 'node:fs';

/** Passings left until the end, by fault point; null in every process that is not under test. */
let armed: Map<string, number> | null = null;

/** @param setting `name:count`, several separated by commas: the process kills itself as it passes `name` for the count-th time. */
export function armFaultPoints(setting: string): void {
  armed = new Map(setting.split(',').map((each) => {
    const [name = '', count = '1'] = each.split(':');
    return [name, Number(count)];
  }));
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
