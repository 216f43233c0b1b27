using System.Text.Json.Serialization;
using Quartier.Contracts.Sensors;

namespace Quartier.Api.Native.Books;

/// <summary>The books of a gateway, or of a stranger that claimed to be one.</summary>
internal sealed record GatewayBooks : BooksItem
{
    public GatewayBooks(string id, bool registered, SensorBooks books)
        : base(Of(books)) => (Id, Registered) = (id, registered);

    [JsonPropertyOrder(-2)]
    public string Id { get; }

    [JsonPropertyOrder(-1)]
    public bool Registered { get; }
}
