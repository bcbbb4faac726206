import { Refusal } from './refusal.ts';
import type { RequestHead } from './request-head.ts';
import { isOfLogin, SASL_AUTHENTICATE, SASL_HANDSHAKE } from './request-limits.ts';

/** SCRAM: the client's nonce, then its proof. */
const ROUNDS = 2;
const FIRST_HANDSHAKE_BEFORE_REQUESTS = 1;
const FIRST_FLEXIBLE_VERSION = 2;
const CORRELATION_ID_BYTES = 4;

/** Knows of one connection whether the broker has accepted its login, without knowing any secret. */
export class Login {
  #rounds = 0;

  get isDone(): boolean {
    return this.#rounds >= ROUNDS;
  }

  /** @throws Refusal for a request that must not come yet */
  check({ apiKey, apiVersion }: RequestHead): void {
    if (!this.isDone && !isOfLogin(apiKey)) throw new Refusal(`a request of kind ${apiKey} came before the login`);
    if (apiKey === SASL_HANDSHAKE && apiVersion < FIRST_HANDSHAKE_BEFORE_REQUESTS) {
      throw new Refusal('a login announced bytes that are no requests');
    }
  }

  /** @param answer the first bytes of the answer, behind its length */
  see({ apiKey, apiVersion }: RequestHead, answer: Buffer): void {
    if (apiKey !== SASL_AUTHENTICATE) return;
    const at = CORRELATION_ID_BYTES + (apiVersion >= FIRST_FLEXIBLE_VERSION ? 1 : 0);
    if (answer.length >= at + 2 && answer.readInt16BE(at) === 0) this.#rounds += 1;
  }
}
