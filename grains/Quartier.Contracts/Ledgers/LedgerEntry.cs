using System.Collections.Immutable;

namespace Quartier.Contracts.Ledgers;

/// <summary>One entry of a city's ledger. It holds no measured values.</summary>
/// <param name="TimeMs">When, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Kind">What it records.</param>
/// <param name="Who">Reference of the principal; a person's is replaced by a pseudonym before it is written.</param>
/// <param name="District">Id of the district; null when it concerns the city.</param>
/// <param name="Purpose">Id of the purpose; null when there is none.</param>
/// <param name="Streams">Datastreams as <c>gateway/sensor/property</c>, or patterns of them; at most 100, then <c>+N</c>.</param>
/// <param name="Resolution">How fine, as a lower-case word; null when nothing was read.</param>
/// <param name="Rows">Rows in the answers.</param>
/// <param name="Count">How many like events this entry stands for; at least 1.</param>
/// <param name="PolicyVersion">By which policy it was decided; null when none was asked.</param>
/// <param name="Grant">The grant or denial that decided; null when none did.</param>
/// <param name="Detail">The reason of a denial, the action, the digest of a manifest, …: never a measured value, never a secret.</param>
[GenerateSerializer, Immutable, Alias("quartier.LedgerEntry")]
public sealed record LedgerEntry(
    [property: Id(0)] long TimeMs,
    [property: Id(1)] LedgerEntryKind Kind,
    [property: Id(2)] string Who,
    [property: Id(3)] string? District,
    [property: Id(4)] string? Purpose,
    [property: Id(5)] ImmutableArray<string> Streams,
    [property: Id(6)] string? Resolution,
    [property: Id(7)] long Rows,
    [property: Id(8)] long Count,
    [property: Id(9)] string? PolicyVersion,
    [property: Id(10)] string? Grant,
    [property: Id(11)] string? Detail);
