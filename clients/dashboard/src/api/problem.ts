import type { Bilingual } from './types';

/** What a district says when it denies a read. */
export interface Denial {
  /** Why, as a word, such as `purpose-missing`. */
  reason: string;
  explanation: Bilingual | null;
  remedy: Bilingual | null;
  /** By which versions of the policy. */
  policy: string | null;
  grant: string | null;
  purpose: string | null;
  stream: string | null;
}

const bilingual = (value: unknown): Bilingual | null =>
  value !== null && typeof value === 'object' && 'de' in value && 'en' in value ? (value as Bilingual) : null;

/** Why a call gave no data: the server could not be reached, or it answered with a problem document (RFC 9457). */
export class Problem extends Error {
  /** HTTP status; 0 when the server could not be reached. */
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** Names the kind of problem: `urn:quartier:problem:…`. */
  readonly type: string;
  /** For a read that the district denies; null otherwise. */
  readonly denial: Denial | null;
  /** What is wrong in a file that was sent, by line. */
  readonly problems: { line: number; column: number; message: string }[];

  constructor(status: number, title: string, detail: string, type = '', denial: Denial | null = null, problems: Problem['problems'] = []) {
    super(`${status} ${title}: ${detail}`);
    this.name = 'Problem';
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.type = type;
    this.denial = denial;
    this.problems = problems;
  }

  /** No answer, or one from something in between that stands for "not there". */
  get unreachable(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }

  /** The session by which the page reads is wrong or has ended; a sign-in link that is wrong or has ended is another thing. */
  get credentialRefused(): boolean {
    return this.status === 401 && /:(wrong|ended)-credential$/.test(this.type);
  }

  static async from(response: Response): Promise<Problem> {
    const body: unknown = await response.json().catch(() => null);
    const of = (name: string): unknown => (body !== null && typeof body === 'object' ? (body as Record<string, unknown>)[name] : undefined);
    const text = (name: string): string => {
      const value = of(name);
      return typeof value === 'string' ? value : '';
    };
    const denial =
      text('reason') === ''
        ? null
        : {
            reason: text('reason'), explanation: bilingual(of('explanation')), remedy: bilingual(of('remedy')),
            policy: text('policy') || null, grant: text('grant') || null, purpose: text('purpose') || null, stream: text('stream') || null,
          };
    const problems = of('problems');
    return new Problem(
      response.status, text('title') || response.statusText, text('detail'), text('type'), denial,
      Array.isArray(problems) ? (problems as Problem['problems']) : [],
    );
  }
}
