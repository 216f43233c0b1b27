namespace Quartier.Api.Native.Cities;

/// <summary>A page of things in the order of their keys.</summary>
/// <param name="Items">The things.</param>
/// <param name="Next">The key after which the next page begins, or null when this is the last.</param>
internal sealed record KeyPage<T>(IReadOnlyList<T> Items, string? Next);
