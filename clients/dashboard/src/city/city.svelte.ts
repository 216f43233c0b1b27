import { createContext } from 'svelte';
import { api } from '../api/client';
import type { AssetType, CityInfo, District, Outlines } from '../api/types';
import { language } from '../language/language.svelte';
import { Shown } from '../live/shown.svelte';
import { createFormat, type Format } from '../values/format';

/** Shortest time between two reads of what is on every page, in milliseconds. */
const CALM_MS = 2_000;
/** How often the wall clock moves on; minutes are shown. */
const TICK_MS = 5_000;

/** The city that is shown: what every view needs of it. Create it in a component; `city` is reactive. */
export class City {
  private readonly city: () => string | null;
  readonly info: Shown<CityInfo>;
  readonly districts: Shown<District[]>;
  readonly outlines: Shown<Outlines>;
  private tick = $state(0);
  private receivedAt = 0;

  constructor(city: () => string | null) {
    this.city = city;
    const always = (): boolean => true;
    this.info = new Shown({
      key: city,
      load: async (signal) => {
        const info = await api.city(this.id, signal);
        this.receivedAt = performance.now();
        return info;
      },
      concerns: always,
      calmMs: CALM_MS,
    });
    this.districts = new Shown({ key: city, load: (signal) => api.districts(this.id, signal), concerns: always, calmMs: CALM_MS });
    this.outlines = new Shown({ key: city, load: (signal) => api.outlines(this.id, signal), concerns: () => false, calmMs: CALM_MS });
    $effect(() => {
      const timer = setInterval(() => (this.tick += 1), TICK_MS);
      return () => clearInterval(timer);
    });
  }

  get id(): string {
    return this.city() ?? '';
  }

  readonly isReplay = $derived.by(() => this.info.value?.clock === 'replay');

  /** What the city takes for now, in milliseconds since 1970; null while a replay has not begun. */
  readonly now: number | null = $derived.by(() => {
    const info = this.info.value;
    void this.tick;
    if (info?.now == null) {
      return null;
    }
    const then = Date.parse(info.now);
    return this.isReplay ? then : then + performance.now() - this.receivedAt;
  });

  /** Numbers and times in the chosen language and the city's time zone. */
  readonly format: Format = $derived.by(() => createFormat(language.locale, this.timeZone));

  private readonly timeZone = $derived.by(() => this.info.value?.timeZone ?? 'Europe/Berlin');

  readonly raised = $derived.by(() => (this.districts.value ?? []).reduce((sum, d) => sum + d.alerts.raised, 0));

  districtName(id: string): string {
    return this.districts.value?.find((d) => d.id === id)?.name ?? id;
  }

  office(id: string): CityInfo['offices'][number] | null {
    return this.info.value?.offices.find((o) => o.id === id) ?? null;
  }

  assetType(id: string): AssetType | null {
    return this.info.value?.assetTypes.find((t) => t.id === id) ?? null;
  }

  /** How old a time is by the city's clock, in milliseconds; null when either is unknown. */
  age(time: string | null): number | null {
    return time === null || this.now === null ? null : Math.max(0, this.now - Date.parse(time));
  }
}

export const [useCity, provideCity] = createContext<City>();
