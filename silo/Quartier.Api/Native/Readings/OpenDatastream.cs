using Quartier.Contracts.Districts;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Sensors;

namespace Quartier.Api.Native.Readings;

/// <summary>A datastream whose values the caller may read.</summary>
/// <param name="Datastream">Its definition.</param>
/// <param name="State">Its live state.</param>
/// <param name="Decision">By what they may, and what the answer must keep to.</param>
/// <param name="Name">As <c>gateway/sensor/property</c>.</param>
/// <param name="District">Id of the district that decided.</param>
internal sealed record OpenDatastream(DatastreamDefinition Datastream, DatastreamState State, ReadDecision Decision, string Name, string District)
{
    public ReadObligations Obligations => Decision.Obligations!;

    /// <summary>Whether quality may be answered.</summary>
    public bool ShowsQuality => !Obligations.Redactions.HasFlag(Redactions.Quality);
}
