using System.Collections.Immutable;
using Quartier.Domain.Readings;

namespace Quartier.Domain.Policies;

/// <summary>Datastreams of one property at one site of the policy: every request is decided alike for all of them.</summary>
/// <param name="Site">Where a decision is made.</param>
/// <param name="First">Key of the first sensor, <c>gateway/sensor</c>, in ordinal order of the datastreams.</param>
/// <param name="Named">The first datastreams in ordinal order, at most <see cref="ReadTally.StreamsMax"/>.</param>
/// <param name="Count">How many there are.</param>
internal sealed record AlikeStreams(ReadSite Site, string First, ImmutableArray<string> Named, int Count)
{
    /// <summary>Puts the datastreams of a property together, by the first of each.</summary>
    public static ImmutableArray<AlikeStreams> Of(IEnumerable<(string Sensor, ReadSite Site)> sites, string property) =>
    [
        .. sites.Where(s => string.Equals(s.Site.Property, property, StringComparison.Ordinal))
            .GroupBy(s => (object)s.Site, s => (s.Sensor, Name: $"{s.Sensor}/{property}"), ReferenceEqualityComparer.Instance)
            .Select(g => (Site: (ReadSite)g.Key, Count: g.Count(), Named: g.OrderBy(s => s.Name, StringComparer.Ordinal).Take(ReadTally.StreamsMax).ToList()))
            .Select(a => new AlikeStreams(a.Site, a.Named[0].Sensor, [.. a.Named.Select(s => s.Name)], a.Count))
            .OrderBy(a => a.Named[0], StringComparer.Ordinal),
    ];
}
