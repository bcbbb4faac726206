import type { Answer, apiOf } from '../sandbox/test-server.ts';

export type Api = ReturnType<typeof apiOf>;

/** What no answer may hold, and what was found all the same. */
export interface Watch {
  readonly findings: string[];
  /** Texts that must not come in any answer, each with the name that a finding gives it. */
  readonly secrets: Map<string, string>;
  /** The same API, with every answer looked at. */
  watched(api: Api): Api;
  look(answer: Answer, what: string): void;
}

export function watchAnswers(): Watch {
  const findings: string[] = [];
  const secrets = new Map<string, string>();
  const look = ({ status, body }: Answer, what: string) => {
    if (status >= 500) findings.push(`${what} was answered ${status} ${JSON.stringify(body).slice(0, 300)}`);
    const text = JSON.stringify(body) ?? '';
    for (const [secret, name] of secrets)
      if (text.includes(secret)) findings.push(`${what} gave away ${name}: … ${around(text, secret)}`);
    if (/\bat .+\.(ts|js):\d+:\d+/.test(text) && status >= 400) findings.push(`${what} showed a stack`);
  };
  return {
    findings,
    secrets,
    look,
    watched: (api) => async (method, path, options) => {
      const answer = await api(method, path, options);
      look(answer, `${method} ${path.slice(0, 80)}`);
      return answer;
    },
  };
}

function around(text: string, secret: string): string {
  const at = text.indexOf(secret);
  return text.slice(Math.max(0, at - 80), at + secret.length + 20);
}
