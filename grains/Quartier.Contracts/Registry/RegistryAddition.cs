namespace Quartier.Contracts.Registry;

/// <summary>One thing that is registered beside a city's file, by the SensorThings API.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Key">An asset's id, or <c>gateway/sensor</c>.</param>
/// <param name="Text">The entry as the file would hold it, written as JSON, which is YAML too; null in a change that removes it.</param>
[GenerateSerializer, Immutable, Alias("quartier.RegistryAddition")]
public sealed record RegistryAddition([property: Id(0)] RegistryAdditionKind Kind, [property: Id(1)] string Key, [property: Id(2)] string? Text);
