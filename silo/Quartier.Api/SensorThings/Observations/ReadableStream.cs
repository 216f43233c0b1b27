using Quartier.Api.Http;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Readings;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Registry;

namespace Quartier.Api.SensorThings.Observations;

/// <summary>A datastream with what its district says about the caller's reading it.</summary>
/// <param name="Caller">On whose behalf.</param>
/// <param name="City">Its city.</param>
/// <param name="Sensor">Its sensor.</param>
/// <param name="Datastream">Its definition.</param>
/// <param name="Name">As <c>gateway/sensor/property</c>.</param>
/// <param name="Number">The store's number of it.</param>
/// <param name="Decision">The decision; a denied datastream has no observations.</param>
internal sealed record ReadableStream(
    Caller Caller, CityIndex City, SensorDefinition Sensor, DatastreamDefinition Datastream, string Name, int Number, ReadDecision Decision)
{
    public bool Permitted => Decision.Permitted;

    /// <summary>The finest resolution that is granted.</summary>
    public Resolution Floor => Decision.Obligations?.Floor ?? Resolution.Month;

    /// <summary>Over what is summarised for this caller; null for single readings.</summary>
    public AggregateWindow? Window => Floor == Resolution.Raw ? null : AggregateWindow.Of(Floor);

    public int RowLimit => Decision.Obligations?.RowLimit ?? 0;

    /// <summary>Whether quality may be answered.</summary>
    public bool ShowsQuality => Decision.Obligations?.Redactions.HasFlag(Redactions.Quality) == false;

    public bool HidesLocation => Decision.Obligations?.Redactions.HasFlag(Redactions.Location) == true;

    /// <summary>The city's time zone, in which days, weeks and months lie.</summary>
    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(City.City.TimeZone);
}
