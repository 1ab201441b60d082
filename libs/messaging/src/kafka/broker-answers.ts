// kafkajs tries for ever and says so at debug: a start that waits for a broker must tell for which.
import { connect } from 'node:net';

const timeoutMs = 5_000;
const askAgainMs = 1_000;
const tellAgainMs = 60_000;

/** Whether any of the brokers (`host:port`) takes a connection within 5 s; why not, otherwise. */
async function refusal(brokers: readonly string[]): Promise<string | null> {
  return Promise.any(brokers.map(takesConnection)).then(() => null, (error: AggregateError) => {
    const { code, message } = error.errors[0] as NodeJS.ErrnoException;
    return code ?? message;
  });
}

/** @throws Error naming the brokers when none takes a connection within 5 s: for callers who would rather not wait. */
export async function assertBrokerAnswers(brokers: readonly string[]): Promise<void> {
  if (await refusal(brokers)) throw new Error(`no broker of KAFKA_BROKERS answers: ${brokers.join(', ')}`);
}

/** Resolves when a broker takes connections, or the start was given up; tells on stderr, in one line a minute, that it waits. */
export async function waitForBrokers(brokers: readonly string[], onClose: (closer: () => Promise<void>) => void): Promise<void> {
  let toldAt = -Infinity;
  const givenUp = new AbortController();
  onClose(async () => givenUp.abort());
  for (let why = await refusal(brokers); why !== null && !givenUp.signal.aborted; why = await refusal(brokers)) {
    if (performance.now() - toldAt > tellAgainMs) {
      process.stderr.write(`tradewatch waits: no Kafka broker answers at ${brokers.join(', ')} (${why}): start it, or set KAFKA_BROKERS to brokers that run.\n`);
      toldAt = performance.now();
    }
    await new Promise((resolve) => setTimeout(resolve, askAgainMs));
  }
}

function takesConnection(broker: string): Promise<void> {
  const [host, port] = broker.split(':');
  return new Promise((resolve, reject) => {
    const socket = connect({ host: host!, port: Number(port), timeout: timeoutMs }, () => {
      socket.destroy();
      resolve();
    });
    socket.on('timeout', () => socket.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })));
    socket.on('error', reject);
  });
}
