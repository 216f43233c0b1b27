namespace Quartier.Contracts.Policies;

/// <summary>One entry of what holds in a district.</summary>
/// <param name="Kind"><c>purpose</c>, <c>stream</c>, <c>grant</c>, <c>denial</c>, <c>contract</c>, <c>zone</c> or <c>publication</c>.</param>
/// <param name="Id">The entry's id.</param>
/// <param name="Origin"><c>city</c>, <c>district</c> or <c>district, overriding city</c>; <c>default</c> when nobody says anything.</param>
/// <param name="Text">What it says, in one line.</param>
[GenerateSerializer, Immutable, Alias("quartier.PolicyEntry")]
public sealed record PolicyEntry(
    [property: Id(0)] string Kind, [property: Id(1)] string Id, [property: Id(2)] string Origin, [property: Id(3)] string Text);
