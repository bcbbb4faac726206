import { randomBytes } from 'node:crypto';

/** Returns 120 random bits as text: no one guesses an id, and one id tells nothing about the next. */
export const newId = () => randomBytes(15).toString('base64url');
