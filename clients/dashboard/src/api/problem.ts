/** Why a call gave no data: the server could not be reached, or it answered with a problem document (RFC 9457). */
export class Problem extends Error {
  /** HTTP status; 0 when the server could not be reached. */
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** Names the kind of problem: `urn:quartier:problem:…`. */
  readonly type: string;

  constructor(status: number, title: string, detail: string, type = '') {
    super(`${status} ${title}: ${detail}`);
    this.name = 'Problem';
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.type = type;
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
    const text = (name: string): string => {
      const value = body !== null && typeof body === 'object' ? (body as Record<string, unknown>)[name] : undefined;
      return typeof value === 'string' ? value : '';
    };
    return new Problem(response.status, text('title') || response.statusText, text('detail'), text('type'));
  }
}
