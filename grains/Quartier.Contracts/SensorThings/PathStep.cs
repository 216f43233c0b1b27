namespace Quartier.Contracts.SensorThings;

/// <summary>One step of a resource path.</summary>
/// <param name="Kind">To what it leads.</param>
/// <param name="Via">The navigation from the step before; null for the first.</param>
/// <param name="Key">The id in parentheses, or null.</param>
public sealed record PathStep(EntityKind Kind, Navigation? Via, long? Key)
{
    /// <summary>Whether it leads to a set and not to one entity.</summary>
    public bool IsSet => Key is null && (Via is null || Via.Many);
}
