using System.Collections.Immutable;

namespace Quartier.Api.Native.Store;

/// <summary>Whether readings become durable at present.</summary>
/// <param name="Accepting">False while acknowledgements wait.</param>
/// <param name="Problem">What is wrong and the remedy; null when all is well.</param>
/// <param name="SetAside">Damaged files that were moved aside, with the reason.</param>
internal sealed record StoreHealthItem(bool Accepting, string? Problem, ImmutableArray<string> SetAside);
