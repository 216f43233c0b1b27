namespace Quartier.Contracts.Registers;

/// <summary>A record as the data-protection officer approved it.</summary>
/// <param name="Number">1, 2, … for each kind.</param>
/// <param name="Json">The record of that moment; at most <see cref="RecordLimits.MaxCharacters"/>.</param>
/// <param name="Digest">SHA-256 of it as UTF-8, lower-case hexadecimal: the ledger names it by this.</param>
/// <param name="By">Reference of who approved it.</param>
/// <param name="AtMs">When, in milliseconds since 1970-01-01T00:00:00Z.</param>
[GenerateSerializer, Immutable, Alias("quartier.ApprovedRecord")]
public sealed record ApprovedRecord(
    [property: Id(0)] long Number,
    [property: Id(1)] string Json,
    [property: Id(2)] string Digest,
    [property: Id(3)] string By,
    [property: Id(4)] long AtMs);
