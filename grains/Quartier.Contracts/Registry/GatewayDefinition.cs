namespace Quartier.Contracts.Registry;

/// <summary>An MQTT client that pushes for its sensors.</summary>
/// <param name="Id">Third level of its topics.</param>
/// <param name="Name">For people.</param>
/// <param name="Office">Id of the responsible office.</param>
[GenerateSerializer, Immutable, Alias("quartier.GatewayDefinition")]
public sealed record GatewayDefinition([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] string Office)
{
    /// <summary>How its messages are read; null for the city's own formats, each sensor in a topic of its id.</summary>
    [Id(3)]
    public DecoderDefinition? Decoder { get; init; }
}
