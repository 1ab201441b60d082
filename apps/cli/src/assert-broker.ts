import { connect } from 'node:net';

const timeoutMs = 5_000;

/** @throws Error naming the brokers (`host:port`) when none takes a connection within 5 s: the client of the services would wait for ever. */
export async function assertBrokerAnswers(brokers: readonly string[]): Promise<void> {
  await Promise.any(brokers.map(takesConnection)).catch(() => {
    throw new Error(`no broker of KAFKA_BROKERS answers: ${brokers.join(', ')}`);
  });
}

function takesConnection(broker: string): Promise<void> {
  const [host, port] = broker.split(':');
  return new Promise((resolve, reject) => {
    const socket = connect({ host: host!, port: Number(port), timeout: timeoutMs }, () => {
      socket.destroy();
      resolve();
    });
    socket.on('timeout', () => socket.destroy(new Error('timeout')));
    socket.on('error', reject);
  });
}
