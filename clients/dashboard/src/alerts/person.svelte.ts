const STORED_AS = 'quartier.person';

/** Who takes alerts on this device, until principals exist. */
class Person {
  name = $state(localStorage.getItem(STORED_AS) ?? '');

  remember(name: string): void {
    this.name = name;
    if (name === '') {
      localStorage.removeItem(STORED_AS);
    } else {
      localStorage.setItem(STORED_AS, name);
    }
  }
}

export const person = new Person();
