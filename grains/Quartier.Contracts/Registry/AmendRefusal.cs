using Quartier.Contracts.SensorThings;

namespace Quartier.Contracts.Registry;

/// <summary>Why the store refused changes of entities.</summary>
/// <param name="Reason">Its kind; null when Observations would have to be withdrawn before, and have not been.</param>
/// <param name="Text">For people, with the remedy.</param>
[GenerateSerializer, Immutable, Alias("quartier.AmendRefusal")]
public sealed record AmendRefusal([property: Id(0)] ChangeRefusalReason? Reason, [property: Id(1)] string Text);
