using System.Collections.Immutable;

namespace Quartier.Contracts.Registry;

/// <summary>How a gateway's messages are read. Compiled once for each definition object: the same object means the same.</summary>
/// <param name="Format">How they are written.</param>
/// <param name="Topics">Whose they are; the first that matches counts.</param>
/// <param name="Devices">Sensors that the gateway calls otherwise.</param>
/// <param name="Fields">Where properties stand that do not stand under their own name.</param>
/// <param name="Ignore">Paths that are passed over without being counted as unknown; <c>*</c> for all that is not read.</param>
/// <param name="Time">Where the time stands; null for where the format has it, or the time of arrival.</param>
[GenerateSerializer, Immutable, Alias("quartier.DecoderDefinition")]
public sealed record DecoderDefinition(
    [property: Id(0)] DecoderFormat Format,
    [property: Id(1)] ImmutableArray<DecoderTopic> Topics,
    [property: Id(2)] ImmutableArray<DecoderDevice> Devices,
    [property: Id(3)] ImmutableArray<DecoderField> Fields,
    [property: Id(4)] ImmutableArray<string> Ignore,
    [property: Id(5)] string? Time);
