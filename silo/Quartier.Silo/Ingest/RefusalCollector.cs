using System.Collections.Immutable;
using Quartier.Contracts.Cities;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;

namespace Quartier.Silo.Ingest;

/// <summary>Counts what the endpoint refuses before any sensor is involved, until it is reported to the city's grain.</summary>
internal sealed class RefusalCollector(IRegistry registry, TimeProvider time)
{
    /// <summary>Sources told apart between two reports: a flood of invented names must not fill the memory.</summary>
    public const int MaxSources = 1_000;

    /// <summary>Stands for all sources beyond <see cref="MaxSources"/>.</summary>
    public const string Others = "…";

    /// <summary>Names from topics are cut to the longest id that the registry allows.</summary>
    private const int MaxNameLength = 64;

    private const int MaxDetailLength = 200;

    private readonly Lock _gate = new();
    private Dictionary<(string City, string Gateway, string Sensor, RefusalReason Reason), Refusal> _entries = [];

    /// <summary>Notes refusals of one kind.</summary>
    /// <param name="city">The city named; counted for the first registered one when there is none of that name.</param>
    /// <param name="gateway">The gateway or client named.</param>
    /// <param name="sensor">The sensor named, or empty.</param>
    /// <param name="reason">Why.</param>
    /// <param name="count">How many samples or messages.</param>
    /// <param name="detail">What was wrong, for the operator.</param>
    public void Add(string city, string gateway, string sensor, RefusalReason reason, long count, string detail)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var owner = registry.Find(city) is null ? string.Empty : city;
        var key = (owner, Cut(gateway, MaxNameLength), Cut(sensor, MaxNameLength), reason);
        lock (_gate)
        {
            if (!_entries.ContainsKey(key) && _entries.Count >= MaxSources)
            {
                key = (owner, Others, string.Empty, reason);
            }

            var known = _entries.GetValueOrDefault(key);
            _entries[key] = new(key.Item2, key.Item3, reason, (known?.Count ?? 0) + count, known?.FirstMs ?? now, now, Cut(detail, MaxDetailLength));
        }
    }

    /// <summary>Takes what was noted since the last call, by city. What belongs to no city goes to the first registered one, and waits while there is none.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<Refusal>> Take()
    {
        var first = registry.Cities.FirstOrDefault();
        if (first is null)
        {
            return ImmutableDictionary<string, ImmutableArray<Refusal>>.Empty;
        }

        Dictionary<(string City, string Gateway, string Sensor, RefusalReason Reason), Refusal> taken;
        lock (_gate)
        {
            if (_entries.Count == 0)
            {
                return ImmutableDictionary<string, ImmutableArray<Refusal>>.Empty;
            }

            (taken, _entries) = (_entries, []);
        }

        return taken.GroupBy(e => e.Key.City.Length == 0 ? first : e.Key.City, e => e.Value, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.ToImmutableArray(), StringComparer.Ordinal);
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
