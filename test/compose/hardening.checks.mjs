// Images and containers: small, nothing but the program, no rights.
import { spawnSync } from 'node:child_process';
import { check, hold, until } from './checks.mjs';
import { docker, serviceOf } from './project.mjs';

const ours = ['gateway', 'crawler', 'classifier', 'archive', 'alerting', 'cli'];
const largestImage = 350e6;

export async function checkImages() {
  await check('every image is smaller than 350 MB', () => {
    const sizes = ours.map((name) => [name, JSON.parse(docker('image', 'inspect', `tradewatch-${name}:test`))[0].Size]);
    const list = sizes.map(([name, size]) => `${name} ${Math.round(size / 1e6)}`).join(', ');
    hold(sizes.every(([, size]) => size < largestImage), list);
    return `${list} MB`;
  });
}

const stateOf = ({ State: { Status, ExitCode, Health } }) => `${Status}, ${Health.Status}, last exit code ${ExitCode}`;

/** The last words of a container. */
function logs({ Id }) {
  const { stdout, stderr } = spawnSync('docker', ['logs', '--tail', '8', Id], { encoding: 'utf8' });
  return (stdout + stderr).slice(-1_500);
}

/** @param {Record<string, number>} replicas wanted of each service. @returns whether all of them are healthy. */
export async function checkContainers(project, replicas) {
  const isHealthy = await check('every container becomes healthy', async () => {
    const states = () => project.containers().filter(({ State }) => State.Health).map((container) => [serviceOf(container), container.State.Health.Status]);
    await until('every container being healthy', () => states().length > 0 && states().every(([, state]) => state === 'healthy'), 120_000).catch((error) => {
      const sick = project.containers().filter(({ State }) => State.Health && State.Health.Status !== 'healthy');
      throw new Error([error.message, ...sick.map((container) => `${serviceOf(container)}: ${stateOf(container)}\n${logs(container)}`)].join('\n'));
    });
  });
  await check('each service has the replicas asked for', () => {
    for (const [service, count] of Object.entries(replicas)) {
      const running = project.containers(service).filter(({ State }) => State.Running).length;
      hold(running === count, `${service}: ${running} of ${count}`);
    }
  });
  await check('migrate ended well, once', () => {
    const [{ State, RestartCount }] = project.containers('migrate');
    hold(State.Status === 'exited' && State.ExitCode === 0 && RestartCount === 0, JSON.stringify(State));
  });
  await check('no container runs as root, writes to its image, or keeps a capability', () => {
    for (const container of project.containers()) {
      const { Config, HostConfig, State, Id } = container;
      const name = serviceOf(container);
      if (name === 'site') continue;
      hold(!/^(|0|root)(:|$)/.test(Config.User), `${name} runs as ${Config.User || 'root'}`);
      hold(HostConfig.ReadonlyRootfs, `${name} can write to its image`);
      hold(HostConfig.CapDrop?.includes('ALL'), `${name} keeps capabilities`);
      hold(HostConfig.SecurityOpt?.some((option) => option.startsWith('no-new-privileges')), `${name} may gain privileges`);
      hold(HostConfig.Memory > 0 && HostConfig.NanoCpus > 0, `${name} has no limits`);
      if (State.Running) hold(project.exec(Id, 'id', '-u').trim() !== '0', `${name} is root inside`);
    }
  });
  await check('the services hold their bundle and nothing of the build', () => {
    for (const service of ['crawler', 'classifier', 'archive', 'alerting']) {
      // The page of the API is the one package that is looked for at run time.
      const files = project.exec(project.containers(service)[0].Id, 'find', '/app', '-mindepth', '1', '-maxdepth', '2', '-not', '-path', '/app/assets/*').trim().split('\n').toSorted();
      hold(files.join() === ['/app/assets', '/app/health.mjs', '/app/main.js', '/app/node_modules', '/app/node_modules/swagger-ui-dist'].join(), `${service}: ${files.join(' ')}`);
    }
  });
  return isHealthy;
}
