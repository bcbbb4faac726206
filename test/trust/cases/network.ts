/** A program reaches the broker's client port, and nothing else by any way. */
import { randomUUID } from 'node:crypto';
import dgram from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../sandbox/test-server.ts';
import { attack, fixtureText, startProgram } from '../attack.ts';
import type { Product } from '../learners.ts';

const SCAN_TO = 12_000;
/** SSH, DNS, web, JMX and debuggers, PostgreSQL, Flink, Connect, registry, Kafka and its controller, Docker. */
const PORTS = [22, 53, 80, 443, 2181, 2375, 2376, 5005, 5432, 8081, 8083, 9092, 9093, 9094, 9229, 9999];
const LISTENER_PORT_OF_A_LEARNER = 7777;

export function networkCases(product: Product): void {
  // Of this suite alone: others on the machine may listen at the same time.
  const abstractPath = `\0streamwright-${randomUUID()}`;
  const tcp = createServer((socket) => socket.destroy());
  const abstract = createServer((socket) => socket.destroy());
  const udp = dgram.createSocket('udp4');
  const datagrams: string[] = [];
  const callers: string[] = [];
  let tcpPort = 0;

  beforeAll(async () => {
    tcp.on('connection', ({ remoteAddress }) => callers.push(String(remoteAddress)));
    abstract.on('connection', () => callers.push('abstract'));
    udp.on('message', (text) => datagrams.push(String(text)));
    tcp.listen(0, '0.0.0.0');
    abstract.listen(abstractPath);
    udp.bind(0, '0.0.0.0');
    await Promise.all([once(tcp, 'listening'), once(abstract, 'listening'), once(udp, 'listening')]);
    const address = tcp.address();
    tcpPort = address !== null && typeof address !== 'string' ? address.port : 0;
  });
  afterAll(() => {
    tcp.close();
    abstract.close();
    udp.close();
  });

  test("a program reaches only the broker's client port", async () => {
    const hosts = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));
    const socket = (process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').replace('unix://', '');
    const { said } = await attack(product, 'reach', {
      given: {
        hosts,
        ports: [...PORTS, tcpPort, Number(new URL(product.url).port)],
        targets: [
          { host: '169.254.169.254', port: 80 },
          { host: '1.1.1.1', port: 53 },
          { path: abstractPath },
          { path: socket },
          { path: '/var/run/docker.sock' },
          { path: '/run/systemd/private' },
        ],
        scanTo: SCAN_TO,
        waitMs: 300,
        udpPort: udp.address().port,
        datagram: 'from-the-sandbox',
        hostName: hostname(),
      },
    });
    const { broker, port, open, reached, lookedUp, tried } = said[0];
    expect(broker).toBe('connected');
    expect(tried).toBeGreaterThan(SCAN_TO + PORTS.length);
    expect(open.filter((one: number) => one !== port)).toEqual([]);
    expect(reached).toEqual(
      port === null ? [] : expect.not.arrayContaining([expect.not.stringMatching(new RegExp(`:${port}$`))]),
    );
    expect(lookedUp.filter((answer: string) => !/^(E[A-Z_]+)$/.test(answer))).toEqual([]);

    // What was out of its reach is there: this process reaches all of it.
    expect(callers).toEqual([]);
    expect(datagrams).toEqual([]);
    for (const options of [{ port: tcpPort, host: '127.0.0.1' }, { path: abstractPath }]) {
      const own = connect(options);
      await once(own, 'connect');
      own.destroy();
    }
    const sender = dgram.createSocket('udp4');
    sender.send('from-here', udp.address().port, '127.0.0.1', () => sender.close());
    await until(
      () => [callers.length, datagrams.length],
      ([tcps, udps]) => tcps === 2 && udps === 1,
    );
  });

  test("no other learner's program reaches one that listens", async () => {
    const bob = await startProgram(product, 'bob', fixtureText('listen', { port: LISTENER_PORT_OF_A_LEARNER }));
    const printed = async () => JSON.stringify((await product.api('bob')('GET', `/api/runs/${bob}`)).body.output);
    // It was called once, by itself.
    const text = await until(printed, (one) => one.includes('listening') && one.includes('caller'), 20_000);
    const addresses = [...text.matchAll(/\d+\.\d+\.\d+\.\d+/g)].map(([address]) => address);
    expect(addresses).toContain('127.0.0.1');
    const given = { hosts: addresses, ports: [LISTENER_PORT_OF_A_LEARNER], targets: [{ path: '\0left-by-a-run' }], scanTo: 0 };
    const { said } = await attack(product, 'reach', {
      given: { ...given, waitMs: 300, udpPort: 9, datagram: 'x', hostName: hostname() },
    });
    expect(said[0]).toMatchObject({ broker: 'connected', reached: [] });
    await product.api('bob')('DELETE', `/api/runs/${bob}`);
    expect((await printed()).match(/caller/g)).toHaveLength(1);
  });
}
