using System.Collections.Immutable;
using Quartier.Api.Native.Cities;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Domain.Publication;

namespace Quartier.Api.OpenData;

/// <summary>A stream entry with the sensors that it covers in the whole city.</summary>
/// <param name="City">The city.</param>
/// <param name="Id">Id of the stream entry.</param>
/// <param name="Property">The property.</param>
/// <param name="Unit">UCUM code.</param>
/// <param name="Measure">What is published of it.</param>
/// <param name="Rules">The strictest rules among the districts.</param>
/// <param name="Sensors">The sensors, each with the id of its cell.</param>
/// <param name="KeptDays">Days for which anything of it is kept.</param>
internal sealed record PublishedStream(
    CityIndex City,
    string Id,
    string Property,
    string Unit,
    CellMeasure Measure,
    PublicationDefinition Rules,
    ImmutableArray<(SensorDefinition Sensor, string Cell)> Sensors,
    int KeptDays)
{
    /// <summary>How the ledger names it: the stream entry stands for all its sensors.</summary>
    public string Name => $"{Id}/{Property}";
}
