using Quartier.Contracts.Policies;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>What writing needs of the rest of the silo.</summary>
internal sealed record WritePorts(
    IRegistry Registry, IPolicies Policies, IEntityStore Entities, IReadingStore Readings, IGrainFactory Grains, TimeProvider Time)
{
    /// <summary>The silo's clock in milliseconds since 1970-01-01T00:00:00Z.</summary>
    public long NowMs => Time.GetUtcNow().ToUnixTimeMilliseconds();
}
