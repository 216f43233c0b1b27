import { api, onRefusedCredential } from '../api/client';
import { Problem } from '../api/problem';
import type { Me } from '../api/types';
import { purpose } from '../permissions/purpose.svelte';

/** Remembers over the reload that the session had ended, so that nobody becomes the public unawares. */
const ENDED = 'quartier.session-ended';

/** Who looks at the page. */
class Account {
  /** Null until the server has said. */
  me = $state.raw<Me | null>(null);
  /** The server has said who it is, or could not. */
  asked = $state(false);
  /** The session ended by itself; shown until somebody signs in. */
  ended = $state(sessionStorage.getItem(ENDED) !== null);
  private ending = false;

  constructor() {
    onRefusedCredential(() => void this.end());
  }

  get signedIn(): boolean {
    return this.me !== null && this.me.credential !== 'none';
  }

  may(right: string): boolean {
    return this.me?.rights.includes(right) === true;
  }

  async load(): Promise<void> {
    try {
      this.me = await api.me();
      if (!this.signedIn) {
        purpose.forget();
      }
    } catch (error) {
      // Unreachable: the banner says so. An ended session: end() is under way.
      if (!(error instanceof Problem)) {
        throw error;
      }
    } finally {
      this.asked = true;
    }
  }

  async signIn(token: string): Promise<void> {
    purpose.forget();
    this.me = await api.signIn(token);
    sessionStorage.removeItem(ENDED);
    this.ended = false;
  }

  /** Everything shown was read as this person: the page begins anew. */
  async signOut(): Promise<void> {
    await api.signOut();
    purpose.forget();
    location.reload();
  }

  private async end(): Promise<void> {
    if (this.ending) {
      return;
    }
    this.ending = true;
    try {
      sessionStorage.setItem(ENDED, 'yes');
      await this.signOut();
    } catch (error) {
      if (!(error instanceof Problem)) {
        throw error;
      }
      this.ending = false;
    }
  }
}

export const account = new Account();
