import { once } from 'node:events';
import { chmod, chown, rename } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';

export interface DoorOptions {
  /** File of the socket. */
  path: string;
  /** The only user besides root who may connect; null allows any. */
  uid: number | null;
  onConnection: (socket: Socket) => void;
}

/**
 * A Unix socket that can be closed and opened again at the same place. While it is closed its file stays, so that whoever connects is
 * refused, as by a port on which nothing listens.
 */
export class Door implements AsyncDisposable {
  readonly #options: DoorOptions;
  /** Of each time that it was open. */
  readonly #ends: Promise<void>[] = [];
  #server: Server | null = null;
  #changing: Promise<void> = Promise.resolve();
  #shouldBeOpen = false;

  constructor(options: DoorOptions) {
    this.#options = options;
  }

  /** Returns when its file is there, open unless it was closed meanwhile. */
  open(): Promise<void> {
    this.#shouldBeOpen = true;
    const opened = this.#changing.then(() => this.#listen());
    this.#changing = opened.catch(() => undefined);
    return opened;
  }

  /** From this moment on, whoever connects is refused. Connections that there are stay. */
  close(): void {
    this.#shouldBeOpen = false;
    this.#server?.close();
    this.#server = null;
  }

  /** Closes it, and returns when every connection has ended. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
    await this.#changing;
    await Promise.all(this.#ends);
  }

  async #listen(): Promise<void> {
    if (this.#server) return;
    const { path, uid, onConnection } = this.#options;
    const server = createServer({ allowHalfOpen: true, noDelay: true }, onConnection);
    // A server that closes removes the file that it made: the one that clients know is another name of it.
    const own = `${path}.new`;
    this.#ends.push(new Promise((resolve) => void server.once('close', resolve)));
    server.listen(own);
    await once(server, 'listening');
    // Too many open files: whoever was not let in can try again.
    server.on('error', () => undefined);
    await chmod(own, 0o600);
    if (uid !== null) await chown(own, uid, uid);
    await rename(own, path);
    if (this.#shouldBeOpen) this.#server = server;
    else server.close();
  }
}
