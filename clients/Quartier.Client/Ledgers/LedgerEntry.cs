namespace Quartier.Client.Ledgers;

/// <summary>An entry of a city's ledger.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Time">When.</param>
/// <param name="Kind"><c>read</c>, <c>denial</c>, <c>policy</c>, <c>registry</c>, <c>sign-in</c>, <c>key</c>, <c>deletion</c>, <c>export</c>, <c>inspection</c>, <c>alert</c>.</param>
/// <param name="Who">Reference of the principal; a pseudonym for persons.</param>
/// <param name="District">Id of the district; null for the city.</param>
/// <param name="Purpose">Id of the purpose, or null.</param>
/// <param name="Streams">Datastreams as <c>gateway/sensor/property</c>.</param>
/// <param name="Resolution">How fine, or null.</param>
/// <param name="Rows">Rows in the answers.</param>
/// <param name="Count">Like events that the entry stands for.</param>
/// <param name="Policy">By which policy it was decided, or null.</param>
/// <param name="Grant">The grant or denial that decided, or null.</param>
/// <param name="Detail">More, or null.</param>
public sealed record LedgerEntry(
    long Index,
    DateTimeOffset Time,
    string Kind,
    string Who,
    string? District,
    string? Purpose,
    IReadOnlyList<string> Streams,
    string? Resolution,
    long Rows,
    long Count,
    string? Policy,
    string? Grant,
    string? Detail);
