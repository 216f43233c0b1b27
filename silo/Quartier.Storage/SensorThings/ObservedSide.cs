using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>One of the paths to Observations of a question, as a statement has joined it.</summary>
/// <param name="Kind">Of the entities that have the Observations.</param>
/// <param name="Entity">Alias of the entity that the last step leaves: such an entity, or a feature.</param>
/// <param name="Source">Alias of the entities that have the Observations.</param>
/// <param name="Feature">Alias of the feature of which alone Observations count; null: whatever they tell of.</param>
internal sealed record ObservedSide(EntityKind Kind, string Entity, string Source, string? Feature)
{
    /// <summary>Columns of the source and of its feature.</summary>
    public string Columns =>
        $"{Source}.id, {Source}.city, {Source}.district, {Source}.registry_key, {EntityRows.NumbersOf(Kind, Source)}, {FeatureId ?? "NULL"}";

    /// <summary>What tells apart by which sources and features a way leads on from the Observations.</summary>
    public string[] LedBy => [$"{(int)Kind}", $"{Source}.id", FeatureId ?? "0"];

    private string? FeatureId => Feature is null ? null : $"{Feature}.id";
}
