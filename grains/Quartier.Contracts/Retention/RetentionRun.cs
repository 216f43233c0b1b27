using System.Collections.Immutable;

namespace Quartier.Contracts.Retention;

/// <summary>A run of the retention. Times in milliseconds since 1970-01-01T00:00:00Z.</summary>
/// <param name="Night">The ISO date of its night, or the time at which it was asked for.</param>
/// <param name="By">Who asked for it; <c>clock</c> for the nightly one.</param>
/// <param name="NowMs">What expired before this UTC day goes.</param>
/// <param name="Phase">How far it has come.</param>
/// <param name="EndedMs">When it was done; 0 before.</param>
/// <param name="Incident">What keeps it from going on, with the remedy; null when nothing does.</param>
/// <param name="LedgerSizes">Size of each city's ledger when the certificates were signed.</param>
/// <param name="PublishedBefore">
/// Of each stream that was published, as <c>city/stream</c>, what was forgotten: tables that ended before this time. By these it is verified, because the policy
/// may become stricter until the next night. Null before the first run that knew of published tables.
/// </param>
[GenerateSerializer, Immutable, Alias("quartier.RetentionRun")]
public sealed record RetentionRun(
    [property: Id(0)] string Night,
    [property: Id(1)] string By,
    [property: Id(2)] long NowMs,
    [property: Id(3)] RetentionPhase Phase,
    [property: Id(4)] long EndedMs,
    [property: Id(5)] string? Incident,
    [property: Id(6)] ImmutableDictionary<string, long> LedgerSizes,
    [property: Id(7)] ImmutableDictionary<string, long>? PublishedBefore = null);
