using System.Text.Json.Serialization;
using Quartier.Contracts.Sensors;

namespace Quartier.Api.Native.Books;

/// <summary>The books of a district.</summary>
internal sealed record DistrictBooks : BooksItem
{
    public DistrictBooks(string id, SensorBooks books)
        : base(Of(books)) => Id = id;

    [JsonPropertyOrder(-1)]
    public string Id { get; }
}
