using System.Text.Json.Serialization;
using Quartier.Contracts.Sensors;

namespace Quartier.Api.Native.Books;

/// <summary>The books of a sensor.</summary>
internal sealed record SensorBooksItem : BooksItem
{
    public SensorBooksItem(string sensor, SensorBooks books)
        : base(Of(books)) => Sensor = sensor;

    /// <summary>Its key, <c>gateway/sensor</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Sensor { get; }
}
