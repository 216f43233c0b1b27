using Quartier.Contracts.Registry;
using Quartier.Contracts.Sensors;

namespace Quartier.Api.Native.Sensors;

/// <summary>A sensor's definition and its live state of the same registry version.</summary>
/// <param name="Definition">The definition to which the state's indexes refer.</param>
/// <param name="State">The state; null while the sensor's grain and the registry are of different versions.</param>
internal sealed record SensorTwin(SensorDefinition Definition, SensorState? State)
{
    /// <summary>The state of one of the definition's datastreams.</summary>
    public DatastreamState? Of(DatastreamDefinition datastream) => State?.Datastreams[Definition.Datastreams.IndexOf(datastream)];
}
