using System.Collections.Immutable;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Policies;

/// <summary>
/// Finds the stream entries that match datastreams. What matches a gateway is kept, so that a city with 100,000 sensors is gone through in
/// some tenths of a second.
/// </summary>
internal sealed class StreamMatcher
{
    private readonly List<(int Entry, StreamPattern Pattern)> _patterns = [];
    private readonly Dictionary<string, (int Entry, StreamPattern Pattern)[]> _byGateway = new(StringComparer.Ordinal);

    public StreamMatcher(ImmutableArray<StreamPolicy> entries)
    {
        for (var i = 0; i < entries.Length; i++)
        {
            foreach (var text in entries[i].Match)
            {
                // A pattern that cannot be read was refused with its file; in a document made otherwise it matches nothing.
                if (StreamPattern.TryParse(text, out var pattern))
                {
                    _patterns.Add((i, pattern));
                }
            }
        }
    }

    /// <summary>Indexes of the entries that match, each once, ascending.</summary>
    public void Find(SensorDefinition sensor, string property, SortedSet<int> found)
    {
        found.Clear();
        foreach (var (entry, pattern) in OfGateway(sensor.Gateway))
        {
            if (pattern.MatchesSensor(sensor.Id) && pattern.MatchesProperty(property))
            {
                found.Add(entry);
            }
        }
    }

    /// <summary>Index of the first entry that matches; -1 when none does.</summary>
    public int First(SensorDefinition sensor, string property)
    {
        foreach (var (entry, pattern) in OfGateway(sensor.Gateway))
        {
            if (pattern.MatchesSensor(sensor.Id) && pattern.MatchesProperty(property))
            {
                return entry;
            }
        }

        return -1;
    }

    private (int Entry, StreamPattern Pattern)[] OfGateway(string gateway)
    {
        if (!_byGateway.TryGetValue(gateway, out var patterns))
        {
            patterns = [.. _patterns.Where(p => p.Pattern.MatchesGateway(gateway))];
            _byGateway[gateway] = patterns;
        }

        return patterns;
    }
}
