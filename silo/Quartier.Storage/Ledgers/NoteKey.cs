using Quartier.Contracts.Ledgers;

namespace Quartier.Storage.Ledgers;

/// <summary>What makes events alike: everything but time, rows and count.</summary>
internal readonly struct NoteKey : IEquatable<NoteKey>
{
    private readonly string _city;
    private readonly LedgerEntry _entry;
    private readonly int _hash;

    /// <summary>The key of an event.</summary>
    public NoteKey(string city, LedgerEntry entry)
    {
        (_city, _entry) = (city, entry);
        var hash = default(HashCode);
        hash.Add(city, StringComparer.Ordinal);
        hash.Add(entry.Kind);
        hash.Add(entry.Who, StringComparer.Ordinal);
        hash.Add(entry.District, StringComparer.Ordinal);
        hash.Add(entry.Purpose, StringComparer.Ordinal);
        hash.Add(entry.Grant, StringComparer.Ordinal);
        hash.Add(entry.Streams.Length);
        if (entry.Streams.Length > 0)
        {
            hash.Add(entry.Streams[0], StringComparer.Ordinal);
        }

        _hash = hash.ToHashCode();
    }

    /// <inheritdoc/>
    public bool Equals(NoteKey other) => _hash == other._hash && Same(_city, other._city) && IsLike(_entry, other._entry);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NoteKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    private static bool IsLike(LedgerEntry a, LedgerEntry b) =>
        a.Kind == b.Kind && Same(a.Who, b.Who) && Same(a.District, b.District) && Same(a.Purpose, b.Purpose) && Same(a.Resolution, b.Resolution)
        && Same(a.PolicyVersion, b.PolicyVersion) && Same(a.Grant, b.Grant) && Same(a.Detail, b.Detail)
        && (a.Streams == b.Streams || a.Streams.AsSpan().SequenceEqual(b.Streams.AsSpan()));

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.Ordinal);
}
