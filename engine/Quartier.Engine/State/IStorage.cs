using System.Diagnostics.CodeAnalysis;

namespace Orleans.Core;

/// <summary>A grain's stored state without its type.</summary>
[SuppressMessage("Usage", "MA0040", Justification = "The overload with a token is the method itself: passing the token would recurse.")]
public interface IStorage
{
    /// <summary>The version last read or written; null when nothing is stored.</summary>
    string? Etag { get; }

    /// <summary>Whether something is stored.</summary>
    bool RecordExists { get; }

    /// <summary>Removes what is stored and empties the state.</summary>
    Task ClearStateAsync();

    /// <summary>Stores the state. Fails when another version was stored meanwhile.</summary>
    Task WriteStateAsync();

    /// <summary>Replaces the state by what is stored.</summary>
    Task ReadStateAsync();

    /// <summary>As <see cref="ClearStateAsync()"/>; a storage may stop on cancellation.</summary>
    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

    /// <summary>As <see cref="WriteStateAsync()"/>; a storage may stop on cancellation.</summary>
    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

    /// <summary>As <see cref="ReadStateAsync()"/>; a storage may stop on cancellation.</summary>
    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
}
