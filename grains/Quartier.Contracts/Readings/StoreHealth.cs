using System.Collections.Immutable;

namespace Quartier.Contracts.Readings;

/// <summary>The store's own report.</summary>
/// <param name="Accepting">False while acknowledgements wait, for example for space on the disk.</param>
/// <param name="Problem">A sentence for the operator with the remedy; null when all is well.</param>
/// <param name="SetAside">Files that were damaged and moved aside, with the reason.</param>
/// <param name="JournalBytes">Size of the journal in use, in bytes.</param>
/// <param name="UnsealedReadings">Readings not yet in sealed blocks.</param>
public sealed record StoreHealth(bool Accepting, string? Problem, ImmutableArray<string> SetAside, long JournalBytes, long UnsealedReadings);
