import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const text = `
import { kafka, topics } from '/workspace/cluster.ts';
import { orders } from '/workspace/orders.ts';
const producer = kafka.producer();
await producer.connect();
const messages = orders.map((order) => ({ key: order.id, value: JSON.stringify(order), headers: { source: 'web' } }));
const [batch] = await producer.send({ topic: topics.orders.name, messages });
const receipts = orders.map((order, index) => ({ key: order.id, value: JSON.stringify({ partition: 0, offset: String(BigInt(batch.baseOffset) + BigInt(index)) }) }));
await producer.send({ topic: topics.receipts.name, messages: receipts });
await producer.disconnect();
`;
writeFileSync('/tmp/child.ts', text);
spawn(process.execPath, ['/tmp/child.ts'], { detached: true, stdio: 'ignore' }).unref();
