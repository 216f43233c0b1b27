/** Something shown of which somebody asks why it is measured. */
export interface Asked {
  /** What it is called where it is shown. */
  title: string;
  /** The datastreams it comes from, as `gateway/sensor/property`. */
  streams: { stream: string; name: string }[];
}

class Why {
  asked = $state.raw<Asked | null>(null);
}

export const why = new Why();
