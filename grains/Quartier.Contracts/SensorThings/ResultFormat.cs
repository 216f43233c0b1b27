namespace Quartier.Contracts.SensorThings;

/// <summary>Shape of an answer: <c>$resultFormat</c>.</summary>
public enum ResultFormat : byte
{
    /// <summary>The JSON of the standard.</summary>
    Default = 0,

    /// <summary><c>dataArray</c>: one array of values for each Observation.</summary>
    DataArray = 1,

    /// <summary><c>CSV</c>.</summary>
    Csv = 2,

    /// <summary><c>GeoJSON</c>.</summary>
    GeoJson = 3,
}
