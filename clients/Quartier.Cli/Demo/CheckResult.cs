using System.Text.Json.Serialization;

namespace Quartier.Cli.Demo;

/// <summary>What <c>demo --check</c> found.</summary>
/// <param name="Offered">Property values sent.</param>
/// <param name="Acknowledged">Of these, acknowledged.</param>
/// <param name="Stored">Newly stored by this run, by the books.</param>
/// <param name="Refused">Refused by this run, by the books.</param>
/// <param name="Duplicate">Known before, by the books.</param>
/// <param name="Lost">Values of the files that the store does not have, or has otherwise, or has in addition.</param>
/// <param name="Alerts">Alerts of the city.</param>
/// <param name="Seconds">From the first message to the last acknowledgement.</param>
/// <param name="ReadingsPerSecond">Acknowledged values per second.</param>
/// <param name="P50Ms">Half of the acknowledgements took no longer.</param>
/// <param name="P99Ms">99 of 100 acknowledgements took no longer.</param>
/// <param name="CpuSeconds">Processor time of the silo during the replay.</param>
/// <param name="PeakRssBytes">The silo's largest resident memory.</param>
internal sealed record CheckResult(
    [property: JsonPropertyName("offered")] long Offered,
    [property: JsonPropertyName("acknowledged")] long Acknowledged,
    [property: JsonPropertyName("stored")] long Stored,
    [property: JsonPropertyName("refused")] long Refused,
    [property: JsonPropertyName("duplicate")] long Duplicate,
    [property: JsonPropertyName("lost")] long Lost,
    [property: JsonPropertyName("alerts")] long Alerts,
    [property: JsonPropertyName("seconds")] double Seconds,
    [property: JsonPropertyName("readings_per_second")] double ReadingsPerSecond,
    [property: JsonPropertyName("p50_ms")] double P50Ms,
    [property: JsonPropertyName("p99_ms")] double P99Ms,
    [property: JsonPropertyName("cpu_seconds")] double CpuSeconds,
    [property: JsonPropertyName("peak_rss_bytes")] long PeakRssBytes);
