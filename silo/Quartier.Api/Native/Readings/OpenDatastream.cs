using Quartier.Contracts.Registry;
using Quartier.Contracts.Sensors;

namespace Quartier.Api.Native.Readings;

/// <summary>A datastream whose values the caller may read.</summary>
internal sealed record OpenDatastream(DatastreamDefinition Datastream, DatastreamState State);
