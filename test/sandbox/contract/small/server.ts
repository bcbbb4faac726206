/** Listens on an address and a port after a while, and responds with 503 for another while, then with 204. */
import { createServer } from 'node:http';

const [host, port, delayMs, coldMs] = process.argv.slice(2);
console.log('begins');
setTimeout(listen, Number(delayMs));

function listen(): void {
  const warmAt = performance.now() + Number(coldMs);
  createServer((_, response) => response.writeHead(performance.now() > warmAt ? 204 : 503).end()).listen(Number(port), host);
}
