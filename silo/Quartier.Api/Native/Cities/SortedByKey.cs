namespace Quartier.Api.Native.Cities;

/// <summary>Things in the ordinal order of their keys, read page by page.</summary>
internal sealed class SortedByKey<T>
{
    private readonly string[] _keys;
    private readonly T[] _items;

    public SortedByKey(IEnumerable<T> items, Func<T, string> key)
    {
        _items = [.. items];
        _keys = [.. _items.Select(key)];
        Array.Sort(_keys, _items, StringComparer.Ordinal);
    }

    public static SortedByKey<T> Empty { get; } = new([], _ => string.Empty);

    public IReadOnlyList<string> Keys => _keys;

    public IReadOnlyList<T> Items => _items;

    /// <summary>The first <paramref name="limit"/> things whose keys come after the given one.</summary>
    public KeyPage<T> Page(string? after, int limit)
    {
        var start = 0;
        if (after is not null)
        {
            var found = Array.BinarySearch(_keys, after, StringComparer.Ordinal);
            start = found < 0 ? ~found : found + 1;
        }

        var count = Math.Min(limit, _items.Length - start);
        var more = start + count < _items.Length;
        return new(new ArraySegment<T>(_items, start, count), more ? _keys[start + count - 1] : null);
    }
}
