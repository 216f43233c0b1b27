/** Under which name the browser keeps the purpose of each city: for this tab only, so that nobody reads on for a purpose of last week. */
const STORED_AS = 'quartier.purpose.';

/** For which purpose a person reads. It travels with every read, and the ledger records it. */
class Purpose {
  /** Id of the purpose; empty for none: then the page shows what everybody sees. */
  id = $state('');
  private city: string | null = null;

  /** Takes up what was stated for this city before. */
  follow(city: string | null): void {
    this.city = city;
    this.id = city === null ? '' : (sessionStorage.getItem(STORED_AS + city) ?? '');
  }

  choose(id: string): void {
    this.id = id;
    if (this.city !== null) {
      sessionStorage.setItem(STORED_AS + this.city, id);
    }
  }

  /** Whoever comes next in this tab states their own. */
  forget(): void {
    this.id = '';
    for (const name of Object.keys(sessionStorage).filter((key) => key.startsWith(STORED_AS))) {
      sessionStorage.removeItem(name);
    }
  }
}

export const purpose = new Purpose();
