using System.Collections.Immutable;
using Quartier.Contracts.Cities;
using Quartier.Contracts.Readings;

namespace Quartier.Grains.Cities;

/// <summary>Refusals by gateway, sensor and reason, bounded: strangers cannot fill the memory with invented names.</summary>
internal sealed class RefusalBook
{
    /// <summary>Sources told apart; what comes after them is summed up under <see cref="Others"/>, reason by reason.</summary>
    public const int MaxSources = 1_000;

    /// <summary>Stands for all sources beyond <see cref="MaxSources"/>.</summary>
    public const string Others = "…";

    /// <summary>Endpoints remembered: a silo that was restarted never speaks under its old name again.</summary>
    private const int MaxEndpoints = 64;

    private readonly Dictionary<(string Gateway, string Sensor, RefusalReason Reason), Refusal> _entries = [];
    private readonly List<EndpointSequence> _endpoints;

    /// <summary>Opens the book where the state left it.</summary>
    public RefusalBook(RefusalState state)
    {
        foreach (var entry in state.Entries)
        {
            _entries[(entry.Gateway, entry.Sensor, entry.Reason)] = entry;
        }

        _endpoints = [.. state.Endpoints];
    }

    /// <summary>The state to keep.</summary>
    public RefusalState State => new() { Entries = [.. _entries.Values], Endpoints = [.. _endpoints] };

    /// <summary>All entries, last seen first.</summary>
    public ImmutableArray<Refusal> Newest => [.. _entries.Values.OrderByDescending(e => e.LastMs).ThenBy(e => e.Gateway, StringComparer.Ordinal)];

    /// <summary>Adds a report; false when it has been added before.</summary>
    public bool TryAdd(RefusalReport report)
    {
        var known = _endpoints.FindIndex(e => string.Equals(e.Endpoint, report.Endpoint, StringComparison.Ordinal));
        if (known >= 0 && _endpoints[known].Sequence >= report.Sequence)
        {
            return false;
        }

        if (known >= 0)
        {
            _endpoints.RemoveAt(known);
        }

        _endpoints.Add(new(report.Endpoint, report.Sequence));
        if (_endpoints.Count > MaxEndpoints)
        {
            _endpoints.RemoveAt(0);
        }

        foreach (var entry in report.Entries)
        {
            Add(entry);
        }

        return true;
    }

    private void Add(Refusal entry)
    {
        var key = (entry.Gateway, entry.Sensor, entry.Reason);
        if (!_entries.ContainsKey(key) && _entries.Count >= MaxSources)
        {
            key = (Others, string.Empty, entry.Reason);
            entry = entry with { Gateway = Others, Sensor = string.Empty };
        }

        _entries[key] = _entries.TryGetValue(key, out var known)
            ? entry with { Count = known.Count + entry.Count, FirstMs = Math.Min(known.FirstMs, entry.FirstMs) }
            : entry;
    }
}
