export type Theme = 'system' | 'light' | 'dark';
export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

const STORED_AS = 'quartier.theme';

class Appearance {
  theme = $state<Theme>('system');
  /** Grows with every change of colours, so that drawings on a canvas know when to draw anew. */
  change = $state(0);

  constructor() {
    const stored = localStorage.getItem(STORED_AS);
    if (stored === 'light' || stored === 'dark') {
      this.theme = stored;
    }
    this.show();
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      this.change += 1;
    });
  }

  choose(theme: Theme): void {
    this.theme = theme;
    localStorage.setItem(STORED_AS, theme);
    this.show();
  }

  private show(): void {
    if (this.theme === 'system') {
      delete document.documentElement.dataset['theme'];
    } else {
      document.documentElement.dataset['theme'] = this.theme;
    }
    this.change += 1;
  }
}

export const appearance = new Appearance();

/** The colours behind custom properties as a canvas understands them: light-dark() resolved. */
export function resolvedColors<Name extends string>(names: readonly Name[]): Record<Name, string> {
  const probe = document.createElement('span');
  document.body.append(probe);
  const colors = {} as Record<Name, string>;
  for (const name of names) {
    probe.style.color = `var(--${name})`;
    colors[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  return colors;
}
